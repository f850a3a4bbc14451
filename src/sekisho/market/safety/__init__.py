"""Reports, cases, decisions, sanctions and appeals: what comes of a solicitation, fairly and so that it can be undone."""
