"""The register (机构名录): agencies, their names, permits, services and regions."""
