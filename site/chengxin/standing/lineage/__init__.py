"""Links between organisations, from official records (机构沿革): drafted by one person, confirmed by a second."""
