"""Tests of famgui."""
