"""The bare floor: what Django itself costs for a list and a detail page behind a sign-in."""
