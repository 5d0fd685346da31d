-- A small CRM as the settings beside it read it. Make one with: sqlite3 crm.sqlite < crm.sql
CREATE TABLE account (
  id INTEGER PRIMARY KEY, name TEXT, aliases TEXT, parent_id INTEGER, website TEXT, mail TEXT, phone TEXT,
  industry TEXT, staff INTEGER, owner TEXT, status TEXT, street TEXT, city TEXT, country TEXT,
  latitude REAL, longitude REAL, changed TEXT);
CREATE TABLE person (
  id INTEGER PRIMARY KEY, account_id INTEGER, name TEXT, job TEXT, email TEXT, phone TEXT,
  mail_ok INTEGER, phone_ok INTEGER, started TEXT, gone INTEGER);
CREATE TABLE activity (
  id INTEGER PRIMARY KEY, account_id INTEGER, at TEXT, type TEXT, direction TEXT, subject TEXT, body TEXT,
  by_name TEXT, by_email TEXT, person_id INTEGER, answered INTEGER);
CREATE INDEX activity_account ON activity (account_id, at);
CREATE TABLE task (
  id INTEGER PRIMARY KEY, account_id INTEGER, noted TEXT, due TEXT, done INTEGER, title TEXT, by_name TEXT);
CREATE TABLE opportunity (
  id INTEGER PRIMARY KEY, account_id INTEGER, name TEXT, stage TEXT, state TEXT, amount, currency TEXT,
  closes TEXT, next_step TEXT, margin TEXT);
CREATE TABLE contract (
  id INTEGER PRIMARY KEY, account_id INTEGER, name TEXT, status TEXT, yearly, starts TEXT, ends TEXT,
  notice_by TEXT);
CREATE TABLE sales_order (
  id INTEGER PRIMARY KEY, account_id INTEGER, reference TEXT, status TEXT, total, ordered TEXT, delivery TEXT);
CREATE TABLE invoice (
  id INTEGER PRIMARY KEY, account_id INTEGER, number TEXT, status TEXT, total, due_amount, billed TEXT, due TEXT);
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY, account_id INTEGER, title TEXT, status TEXT, priority TEXT, type TEXT,
  opened INTEGER, closed INTEGER, last_message TEXT, last_message_at INTEGER, last_from_customer INTEGER,
  people TEXT);

INSERT INTO account VALUES
  (1042, 'Zuiderpomp Installaties B.V.', '["Zuiderpomp", "ZPI"]', NULL, 'https://www.zuiderpomp.example/nl',
   'info@zuiderpomp.example', '+31 40 555 0100', 'machine building', 120, 'anna@ons.example', 'customer',
   'Havenweg 3', 'Eindhoven', 'NL', 51.4416, 5.4697, '2026-11-20 09:15'),
  (1043, 'Zuiderpomp Service GmbH', NULL, 1042, 'zuiderpomp-service.example', NULL, NULL, NULL, NULL, NULL, NULL,
   NULL, 'Köln', 'Deutschland', NULL, NULL, NULL),
  (1044, 'Café Åre & Søn', 'Cafe Are;Åre', NULL, NULL, 'are@freemail.example', NULL, NULL, NULL, NULL, NULL,
   NULL, NULL, NULL, NULL, NULL, NULL),
  (1045, '100%_Plus', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO person VALUES
  (1, 1042, 'A. Yılmaz', 'CFO', 'A.Yilmaz@zuiderpomp.example', '+31 40 555 0101; +31 6 5550 0102', 1, 0,
   '2024-03-01', 0),
  (2, 1042, 'T. Aarts', 'Maintenance', NULL, NULL, NULL, NULL, NULL, 1);
INSERT INTO activity VALUES
  (1, 1042, '2026-11-13 16:40', 'phone', 'out', 'Onderdeel', 'wacht op onderdeel
  tot week 49', 'M. Bakker', 'm.bakker@ons.example', 1, NULL),
  (2, 1042, '2026-10-12', 'visit', NULL, NULL, NULL, 'Anna de Boer', 'anna@ons.example', NULL, NULL),
  (3, 1042, '2026-09-28T09:15:00Z', 'mail', 'in', 'Offerte?', NULL, NULL, NULL, 2, 0);
INSERT INTO task VALUES
  (1, 1042, '2026-10-12', '2026-11-30', 0, 'stuklijst lijn 4 sturen', 'Anna de Boer');
INSERT INTO opportunity VALUES
  (1, 1042, 'LX-200', 'negotiation', 'open', 180000, NULL, '2026-11-24', NULL, '12 %'),
  (2, 1042, 'Service 2027', 'qualified', 'open', '24000.50', 'USD', '2027-01-29', 'call in December', NULL),
  (3, 1042, 'LX-100', NULL, 'won', 0.1, NULL, NULL, '', NULL);
INSERT INTO contract VALUES
  (1, 1042, 'Onderhoud', 'in force', 12000, '2025-01-01', '2026-12-31', '2026-09-30');
INSERT INTO sales_order VALUES
  (1, 1042, 'SO-77', 'confirmed', '1999.95', '2026-11-02', '2026-12-04');
INSERT INTO invoice VALUES
  (1, 1042, 'F-2026-310', 'open', 1999.95, 999.95, '2026-11-05', '2026-12-05');
INSERT INTO ticket VALUES
  (1042, 1042, 'storing lijn 4', 'open', '1', 'complaint', 1763539920, NULL, 'staat weer
  stil', 1763539920, 1, '[{"name": "R. Smit", "email": "r.smit@zuiderpomp.example", "role": "contact"}]'),
  (988, 1042, 'manual in Turkish', 'closed', '3', 'question', 1763280000, 1763366400, 'translation ordered',
   1763366400, 0, NULL);
