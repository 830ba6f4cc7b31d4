"""Random inspections (双随机、一公开): agencies and inspectors drawn by lot, results published by batch."""
