"""Tests of famgui/base."""
