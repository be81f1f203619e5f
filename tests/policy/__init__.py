"""Tests of famgui/policy."""
