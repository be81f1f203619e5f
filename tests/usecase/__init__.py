"""Tests of famgui/usecase."""
