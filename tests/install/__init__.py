"""Tests of build_installer.py and of what it makes; those marked `product` need minutes (make installer-test)."""
