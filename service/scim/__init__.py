"""People and groups by SCIM 2.0 (RFC 7643, RFC 7644), as an identity provider keeps them."""
