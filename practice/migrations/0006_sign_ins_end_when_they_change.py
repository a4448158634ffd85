from django.db import migrations, models

# A sign-in of an older version is over. The version goes up whoever changes the password, a factor, the roles or the
# standing: a page, a command or a line of SQL. An object that was read before never takes it back down.
_MAKE = """
CREATE FUNCTION sign_in_version_only_goes_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.sign_in_version := greatest(NEW.sign_in_version, OLD.sign_in_version);
  IF NEW.password IS DISTINCT FROM OLD.password OR NEW.is_active IS DISTINCT FROM OLD.is_active THEN
    NEW.sign_in_version := NEW.sign_in_version + 1;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sign_in_version_only_goes_up BEFORE UPDATE ON practice_user
  FOR EACH ROW EXECUTE FUNCTION sign_in_version_only_goes_up();

CREATE FUNCTION sign_ins_end_with_the_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE practice_user SET sign_in_version = sign_in_version + 1 WHERE id IN (OLD.user_id, NEW.user_id);
  RETURN NULL;
END $$;
CREATE TRIGGER sign_ins_end_with_the_roles AFTER UPDATE ON practice_member FOR EACH ROW
  WHEN (OLD.roles IS DISTINCT FROM NEW.roles OR OLD.is_active IS DISTINCT FROM NEW.is_active
    OR OLD.user_id IS DISTINCT FROM NEW.user_id)
  EXECUTE FUNCTION sign_ins_end_with_the_roles();

CREATE FUNCTION sign_ins_end_with_a_factor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE practice_user SET sign_in_version = sign_in_version + 1 WHERE id = coalesce(NEW.user_id, OLD.user_id);
  RETURN NULL;
END $$;
CREATE TRIGGER sign_ins_end_with_a_factor AFTER INSERT OR DELETE ON mfa_authenticator
  FOR EACH ROW EXECUTE FUNCTION sign_ins_end_with_a_factor();
"""
_DROP = """
DROP TRIGGER sign_ins_end_with_a_factor ON mfa_authenticator;
DROP FUNCTION sign_ins_end_with_a_factor();
DROP TRIGGER sign_ins_end_with_the_roles ON practice_member;
DROP FUNCTION sign_ins_end_with_the_roles();
DROP TRIGGER sign_in_version_only_goes_up ON practice_user;
DROP FUNCTION sign_in_version_only_goes_up();
"""


class Migration(migrations.Migration):
    dependencies = [("practice", "0005_data_keys"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField(db_index=True)),
                ("count", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            "user", "sign_in_version", models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "apitoken", "sign_in_version", models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AddField("member", "is_confirmed", models.BooleanField(default=True)),
        migrations.RunSQL(_MAKE, _DROP),
    ]
