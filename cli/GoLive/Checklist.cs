using Navi.Cli.GoLive.Checks;
using static Navi.Cli.GoLive.GoLiveItem;

namespace Navi.Cli.GoLive;

/// <summary>What must be true before people rely on a deployment. docs/GO_LIVE.md is made of it.</summary>
internal static class Checklist
{
    private const string Prometheus = "--prometheus";
    private const string Alertmanager = "--alertmanager";
    private const string Grafana = "--grafana";
    private const string Database = "NAVI_DATABASE";
    private const string Documents = "--documents";

    public static IReadOnlyList<GoLiveSection> Sections { get; } =
    [
        new("Before production",
        [
            Seen("real-models", "100 tasks with a real model are delivered; its calls take less than 5 s (p95)", "Reads the runs in docs/PERFORMANCE_BENCHMARKS.md that are not simulated.", Documents, RecordChecks.RealModelsAsync),
            Seen("load", "Load is tested by 10, 50 and 100 users and a spike", "Reads the runs in docs/LOAD_TEST_RESULTS.md: each without a failed request or task. What follows for sizes stands in docs/CAPACITY_PLANNING.md.", Documents, RecordChecks.LoadAsync),
            OfPerson("audit", "Audit encryption is mandatory and tested", "This release keeps no audit log of its own beside tasks, decisions and effects: whether to go live without one is a person's decision."),
            OfPerson("analyzer", "The background analyzer of the learning system runs", "This release has no learning system: whether to go live without one is a person's decision."),
            OfPerson("staging", "The staging environment has been validated for a week or more", "Who has worked on it, since when, and what was found?"),
            OfPerson("migrations-rehearsed", "Database migrations are tested end to end", "Has 'navi migrate' run on a copy of this database? CI runs every migration on an empty database, and the release before on this release's schema."),
            OfPerson("rollback", "Going back is documented and tested", "docs/ROLLBACK.md; has the pipeline 'rollback' run on staging? 'navi rollback-check' tells whether the release before works on this schema."),
            OfPerson("runbooks", "Incident runbooks are written and reviewed", "docs/runbooks has one for each alert; who on call has read them?"),
        ]),
        new("Infrastructure",
        [
            Seen("tls", "TLS certificates are valid", "Connects as a caller: trusted here, of this name, good for 14 days or more, TLS 1.2 or 1.3.", null, TransportChecks.CertificateAsync),
            Seen("domain", "Domain and DNS are configured", "Resolves the name of --url; an address in its place fails.", null, TransportChecks.NameAsync),
            Seen("healthy", "The deployment is healthy", "Every check of /readyz is ok, and one version runs, which is this command's.", null, ServiceChecks.HealthyAsync),
            Seen("migrations", "Database migrations are applied", "Compares the database's migrations and their checksums with this build's.", Database, DatabaseChecks.MigrationsAsync),
            Seen("database-tls", "Connections to the database are encrypted", "No session of NAVI's login comes over a network without TLS; behind PgBouncer a person must look.", Database, DatabaseChecks.EncryptedAsync),
            Seen("database-backups", "The database can go back to any point in time", "The server archives its write-ahead log: the last file within a day, none failed since. Base backups can't be seen from inside; see restore.", Database, DatabaseChecks.BackupsAsync),
            Seen("database-slow-log", "Slow queries are logged", "log_min_duration_statement is not -1.", Database, DatabaseChecks.SlowLogAsync),
            Seen("database-room", "The database has room for connections", "Less than 80 % of max_connections are open.", Database, DatabaseChecks.RoomAsync),
            Seen("database-copies", "The database is available in several zones and has a replica for reading", "The server does not tell which of its copies stands where; how many take its log is shown.", Database, DatabaseChecks.CopiesAsync),
            OfPerson("restore", "A backup has been restored", "When was one restored, how long did it take? docs/DATABASE.md says how; 'navi drill restore' does it with a database of its own."),
            OfPerson("secrets", "Secrets come from a store", "From outside nobody sees where settings come from: Key Vault references or external secrets, none in a file of the repository."),
            OfPerson("rate-limits", "Rate limits are configured", "NAVI bounds each user's event streams and telemetry; has what stands before it (ingress, API Management) a limit of requests for each caller?"),
            OfPerson("cdn", "A content network is configured, if there is one", "NAVI serves no files: usually there is none."),
        ]),
        new("Security",
        [
            Seen("access", "Access controls are validated", "Asks every reading operation but probes, the document and the issuer's, and the handing over of a task, without a token and with a wrong one: all refuse.", null, AccessChecks.RefusalsAsync),
            Seen("database-role", "Organisations are separated in the database", "NAVI's login is no superuser and does not bypass row-level security, which every table of organisations forces.", Database, DatabaseChecks.RoleAsync),
            Seen("encryption", "Encryption of tokens is verified", "Every encrypted value can be read with a wrapping key that NAVI reaches.", null, KeyChecks.WrappingAsync),
            Seen("signing-keys", "Rotation of signing keys is tested", "There is a current key, published, not older than a year, and one before or after it.", null, KeyChecks.SigningAsync),
            OfPerson("secret-rotation", "Procedures of secret rotation are documented", "docs/SECRET_ROTATION.md: who rotates which secret, and when next?"),
            OfPerson("vulnerability-scan", "A vulnerability scan is passed", "The pipeline 'images' pins and builds; who has scanned the images and the packages, with what, and when?"),
            OfPerson("penetration-test", "A penetration test is completed, if there is one", "Who has tested, and what was found?"),
        ]),
        new("Monitoring",
        [
            Seen("alerts", "Alerts are configured", "Prometheus has every alert and every recording of this release with its expression, duration and labels, and has evaluated it.", Prometheus, MonitoringChecks.AlertsAsync),
            Seen("alert-routes", "Alert routing is verified", "By Alertmanager's routes every alert of this release reaches a receiver that tells somebody, pages another than tickets.", Alertmanager, MonitoringChecks.RoutesAsync),
            Seen("dashboards", "Every dashboard is deployed", "Asks Grafana for each dashboard of this release, which must have all of its queries (token in NAVI_GRAFANA_TOKEN).", Grafana, DashboardChecks.DeployedAsync),
            Seen("dashboard-data", "Every dashboard shows data", "Asks Prometheus every query of every panel over the last hour: none fails, and each dashboard has a panel with data; how many have is shown.", Prometheus, MonitoringChecks.DataAsync),
            OfPerson("on-call", "The rotation of people on call is active", "Who is on call now, and who next? docs/ONCALL_PLAYBOOK.md."),
            OfPerson("runbooks-reachable", "Runbooks are reachable for people on call", "The alerts name files of docs/runbooks: where do people on call open them when the repository is away?"),
            OfPerson("incident-tabletop", "The response to an incident has been tried", "Has a page been sent and acknowledged, and an incident been played? 'navi drill faults' plays seven; docs/INCIDENT_RESPONSE.md."),
        ]),
        new("Documentation and support",
        [
            Seen("api-document", "The interface is documented", "/openapi.json is of the version that runs.", null, ServiceChecks.InterfaceAsync),
            OfPerson("user-documents", "Documentation for users is published", "docs/USER_GUIDE.md and docs/CLI.md: where do users find them?"),
            OfPerson("deployment-guide", "The deployment guide is validated", "Who has deployed by docs/DEPLOYMENT_GUIDE.md alone, and what was missing?"),
            OfPerson("support", "Support is trained", "Who answers users, and have they used NAVI?"),
            OfPerson("escalation", "Escalation is defined", "docs/INCIDENT_RESPONSE.md: are the names behind its roles known to everybody?"),
        ]),
        new("At the end",
        [
            Seen("smoke", "Smoke tests pass", "Everything of 'navi smoke', with a task to its end.", null, ServiceChecks.SmokeAsync),
            Seen("errors", "No critical error is open", "The metrics count no open group of severity critical in any organisation.", null, ServiceChecks.ErrorsAsync),
            Seen("quiet", "Monitoring shows healthy metrics", "Prometheus scrapes every target of the job 'navi', and no alert of severity page fires.", Prometheus, MonitoringChecks.QuietAsync),
            Seen("database-stable", "Connections to the database are stable", "In no process something waits for a connection, or more than 80 % of the pool are in use.", null, ServiceChecks.PoolAsync),
            Seen("models", "Model calls succeed", "Asks every configured model a small question; it costs what 'navi models test' costs.", null, ServiceChecks.ModelsAsync),
            Seen("sign-in", "Authentication of users works", "The token is accepted, the environment is not Local, keys are published, and discovery names the endpoints of sign-in.", null, AccessChecks.SignInAsync),
            OfPerson("integrations", "All integrations work", "This release has no tools for GitHub, Jira or chat; do repositories of yours clone and take a branch?"),
        ]),
    ];

    // Without what it needs, nothing is seen: that is no failure, and no success.
    private static GoLiveItem Seen(string id, string words, string how, string? needs, Func<GoLiveTarget, CancellationToken, Task<Verdict>> look) => new(
        id, words, how, needs, (target, cancellation) => Has(target, needs) ? look(target, cancellation) : Task.FromResult(Verdict.Person($"not looked at: give {needs}, or look yourself: {how}")))
    {
        PlaceOf = target => Place(target, needs),
    };

    private static bool Has(GoLiveTarget target, string? needs) => needs is null || (needs == Documents ? target.Documents : Place(target, needs)) is not null;

    private static string? Place(GoLiveTarget target, string? needs) => needs switch
    {
        Prometheus => target.Prometheus?.Where,
        Alertmanager => target.Alertmanager?.Where,
        Grafana => target.Grafana?.Where,
        Database => target.DatabaseName,
        _ => null,
    };
}
