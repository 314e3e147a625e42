"""The register of negotiations."""
