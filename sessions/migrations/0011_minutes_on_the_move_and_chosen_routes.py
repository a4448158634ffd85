from django.db import migrations, models

from sessions.onhold.minutes import steps


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0022_questionnaires_of_the_practice"),
        ("practice", "0013_agreements_may_be_needed"),
        ("therapy_sessions", "0010_moving_stands_on_an_agreement"),
    ]

    operations = [
        migrations.AddField(
            model_name="holdchoice",
            name="was_moving_minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="holdchoice",
            name="was_route_chosen",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="therapysession",
            name="moving_minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="therapysession",
            name="route_is_chosen",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="therapysession",
            constraint=models.CheckConstraint(
                condition=models.Q(("moving_minutes", None), ("moving_minutes__gt", 0), _connector="OR"),
                name="session_moves_at_least_a_minute",
            ),
        ),
        migrations.AddConstraint(
            model_name="therapysession",
            constraint=models.CheckConstraint(
                condition=models.Q(("route_is_chosen", False), ("route__isnull", False), _connector="OR"),
                name="chosen_route_is_named",
            ),
        ),
        *steps(),
    ]
