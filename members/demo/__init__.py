"""The sample committee's people: real size, invented persons (domain §3.1). Written in bulk."""

from members.demo.committee import PASSWORD, Sample, accounts, build

__all__ = ["PASSWORD", "Sample", "accounts", "build"]
