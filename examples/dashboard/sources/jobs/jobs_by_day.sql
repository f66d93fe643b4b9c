SELECT * FROM dashboard_jobs_by_day
