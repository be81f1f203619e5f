"""The steps of `build_installer.py`: from a clean clone to products that were started before anyone gets them."""
