"""Inputs that mean harm, and good ones that must come through unharmed."""
