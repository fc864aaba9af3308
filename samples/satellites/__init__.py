"""The systems beside the case system: assessments, programmes, referrals, staff, estates, documents."""
