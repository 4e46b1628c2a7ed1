"""Home-service work: orders, visits, slips, referrals and the register."""
