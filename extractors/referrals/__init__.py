"""referrals: referrals to sub-contracted services."""
