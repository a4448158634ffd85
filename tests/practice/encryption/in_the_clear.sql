-- Two clients of a practice from before anything was sealed: one with words everywhere, one with none.
INSERT INTO practice_user (id, password, email, is_active, joined_at) VALUES
  (1, '!', 'robin@practice.example', true, now()), (2, '!', 'sam@clients.example', true, now());
INSERT INTO practice_member (id, uid, user_id, name, roles, rights, is_active) VALUES
  (1, gen_random_uuid(), 1, 'Robin Vale', '{clinician}', '{}', true),
  (2, gen_random_uuid(), 2, 'Sam Wood', '{client}', '{}', true);
INSERT INTO clients_client (id, uid, reference, name, pronouns, email, phone, born_on, status, focus, member_id, registered_at)
VALUES
  (1, gen_random_uuid(), 'TP-0001', 'Sam Wood', '', '', '', '1988-03-27', 'active', E'A heron; back\\slash and ☕', 2, now()),
  (2, gen_random_uuid(), 'TP-0002', 'Lee Stone', '', '', '', NULL, 'active', '', NULL, now());
INSERT INTO clients_emergencycontact (client_id, name, relation, phone) VALUES
  (1, 'Ada heron', 'aunt', '020 7946 0018'), (2, 'Ben', '', '020 7946 0019');
INSERT INTO clients_screening (id, uid, client_id, purpose, asked_by_id, asked_at, submitted_at) VALUES
  (1, gen_random_uuid(), 1, 'intake', 1, now(), now()), (2, gen_random_uuid(), 2, 'intake', 1, now(), NULL);
INSERT INTO clients_response
  (id, uid, screening_id, "order", instrument, version, asked_by_clinician, snapshot, answers, result, submitted_at)
VALUES
  (1, gen_random_uuid(), 1, 1, 'phq9', '1', false, '{}', '{"one": 2, "words": "heron \" ü"}', '{"total": 2, "band": "x"}', now()),
  (2, gen_random_uuid(), 2, 1, 'phq9', '1', false, '{}', '{}', '{}', NULL);
INSERT INTO clients_safetyalert (uid, client_id, response_id, item, safe_now, raised_at, seen_at, seen_by_id, what_was_done) VALUES
  (gen_random_uuid(), 1, 1, 'one', '', now(), now(), 1, 'Talked of the heron.'), (gen_random_uuid(), 1, 1, 'two', '', now(), NULL, NULL, '');
INSERT INTO clients_clearance
  (uid, client_id, mode, decision, conditions, rationale, excluded_by, decided_by_id, by_rule, decided_at, valid_from, review_on)
VALUES
  (gen_random_uuid(), 1, 'walk', 'conditions', 'Where herons are.', 'Talked.', '{}', 1, '', now(), current_date, current_date),
  (gen_random_uuid(), 2, 'walk', 'cleared', '', 'Talked.', '{}', 1, '', now(), current_date, current_date);
INSERT INTO clients_runlog
  (uid, client_id, logged_by_id, activity, started_at, utc_offset_minutes, minutes, effort, context, journal, share, created_at, changed_at)
VALUES
  (gen_random_uuid(), 1, 2, 'walk', now(), 0, 20, '', '{}', E'A heron.\nTwo.', true, now(), now()),
  (gen_random_uuid(), 1, 2, 'walk', now(), 0, 20, '', '{}', '', true, now(), now());
INSERT INTO therapy_sessions_therapysession
  (id, uid, client_id, clinician_id, mode, place, pace, meeting_place, starts_at, ends_at, busy_from, busy_until, time_zone, state,
   booked_by_id, booked_at, closed_by_id, closed_at, reason)
VALUES
  (1, gen_random_uuid(), 1, 1, 'sit', 'office', '', '', now() - interval '3 hours', now() - interval '2 hours',
   now() - interval '3 hours', now() - interval '2 hours', 'UTC', 'completed', 1, now(), 1, now(), ''),
  (2, gen_random_uuid(), 2, 1, 'sit', 'office', '', '', now() - interval '2 hours', now() - interval '1 hours',
   now() - interval '2 hours', now() - interval '1 hours', 'UTC', 'completed', 1, now(), 1, now(), '');
INSERT INTO therapy_sessions_note
  (id, uid, session_id, author_id, format, body, walk, version, created_at, changed_at, signed_at, signed_by_id, seal)
VALUES
  (1, gen_random_uuid(), 1, 1, 'free', '{"text": "heron"}', '{"setting": "walk"}', 1, now(), now(), now(), 1, 'x'),
  (2, gen_random_uuid(), 2, 1, 'free', '{}', '{}', 1, now(), now(), NULL, NULL, '');
INSERT INTO therapy_sessions_addendum (uid, note_id, author_id, text, added_at) VALUES (gen_random_uuid(), 1, 1, 'Two herons.', now());
INSERT INTO therapy_sessions_summary
  (uid, client_id, version, since, until, audience, questions, plan, snapshot, pdf, pages, sha256, asked_by_id, asked_at, made_at)
VALUES
  (gen_random_uuid(), 1, 1, current_date, current_date, 'client', 'Why herons?', 'Look.', '{"a": ["heron"]}', 'heron pdf', 1, 'x', 1, now(), now()),
  (gen_random_uuid(), 1, 2, current_date, current_date, 'client', '', '', NULL, NULL, NULL, '', 1, now(), NULL);
