SELECT * FROM dashboard_waiting_for_people
