"""Tests of famgui/files."""
