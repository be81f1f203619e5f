"""The windows: pages and view-models side by side. Computes nothing, opens no file, knows no SQL."""
