#pragma warning disable CS1591 // Each member's help text is its documentation.
using System.Reflection;

namespace Navi.Platform.Telemetry.Catalogue;

/// <summary>
/// Every metric that NAVI has, declared once. Code records by these members; dashboards, alert rules and the table of docs/MONITORING.md are compared with them by a test.
/// What is not here is not recorded.
/// </summary>
public static class MetricCatalogue
{
    public static readonly MetricDefinition HttpRequests = new(
        "navi_http_requests_total", MetricKind.Counter, "{request}", "HTTP requests answered, by the function's route, method and status; event streams have routes of their own.", "route", "method", "status");

    public static readonly MetricDefinition HttpDuration = new(
        "navi_http_request_duration_seconds", MetricKind.Histogram, "s", "Time from an HTTP request's arrival to its answer; event streams are left out.", "route", "method") { Buckets = Catalogue.Buckets.Request };

    public static readonly MetricDefinition AuthFailures = new(
        "navi_auth_failures_total", MetricKind.Counter, "{request}", "Requests refused for who asked: missing or bad token, missing role, or an issuer that did not answer.", "reason");

    public static readonly MetricDefinition Tasks = new(
        "navi_tasks_total", MetricKind.Counter, "{task}", "Tasks that ended, by why; the probe's are not among them.", "stop_reason");

    public static readonly MetricDefinition TaskDuration = new(
        "navi_task_duration_seconds", MetricKind.Histogram, "s", "Time from a task's request to its end.", "stop_reason") { Buckets = Catalogue.Buckets.Long };

    public static readonly MetricDefinition TaskFirstEvent = new(
        "navi_task_first_event_seconds", MetricKind.Histogram, "s", "Time from a task's request until its orchestration has begun; the probe's tasks and those that somebody held before they began are not among them.") { Buckets = Catalogue.Buckets.Wait };

    public static readonly MetricDefinition TaskModelTurns = new(
        "navi_task_model_turns", MetricKind.Histogram, "{turn}", "Turns of the model in a task that ended.") { Buckets = Catalogue.Buckets.Turns };

    public static readonly MetricDefinition TasksOpen = new(
        "navi_tasks_open", MetricKind.Fleet, "{task}", "Tasks that have not ended, by status.", "status");

    public static readonly MetricDefinition ModelCalls = new(
        "navi_model_calls_total", MetricKind.Counter, "{call}", "Attempts at a model, by how they ended: ok, cancelled, or the kind of failure.", "model", "provider", "status");

    public static readonly MetricDefinition ModelCallDuration = new(
        "navi_model_call_duration_seconds", MetricKind.Histogram, "s", "Time of one attempt at a model, failed ones included.", "model", "provider") { Buckets = Catalogue.Buckets.Call };

    public static readonly MetricDefinition ModelFirstToken = new(
        "navi_model_time_to_first_token_seconds", MetricKind.Histogram, "s", "Time until the first token of a model's answer.", "model", "provider") { Buckets = Catalogue.Buckets.Call };

    public static readonly MetricDefinition ModelTokens = new(
        "navi_model_tokens_total", MetricKind.Counter, "{token}", "Tokens as the provider counted them: input (cached ones left out), cached, output.", "model", "kind");

    public static readonly MetricDefinition ModelCost = new(
        "navi_model_cost_usd_total", MetricKind.Counter, "{USD}", "US dollars of model calls after the price file.", "model");

    public static readonly MetricDefinition ModelCostTarget = new(
        "navi_model_cost_daily_target_usd", MetricKind.Fleet, "{USD}", "US dollars that model calls may cost in a day before somebody is told (Navi:Telemetry:DailyCostTargetUsd); it stops nothing.");

    public static readonly MetricDefinition CircuitState = new(
        "navi_circuit_state", MetricKind.Process, "1", "Circuit breaker of a model: 0 closed, 1 half open (the next call is a trial), 2 open.", "provider");

    public static readonly MetricDefinition ToolCalls = new(
        "navi_tool_calls_total", MetricKind.Counter, "{call}", "Tool calls that were started, by effect class and how they ended.", "tool", "effect", "status");

    public static readonly MetricDefinition ToolDuration = new(
        "navi_tool_call_duration_seconds", MetricKind.Histogram, "s", "Time of one tool call.", "tool") { Buckets = Catalogue.Buckets.Call };

    public static readonly MetricDefinition EffectsInDoubt = new(
        "navi_effects_in_doubt", MetricKind.Fleet, "{effect}", "Effects of the last seven days of which nobody knows whether they happened.");

    public static readonly MetricDefinition Checkpoints = new(
        "navi_checkpoints_total", MetricKind.Counter, "{checkpoint}", "Checkpoints that were settled: approved, rejected, answered, expired, cancelled.", "outcome");

    public static readonly MetricDefinition CheckpointsPending = new(
        "navi_checkpoints_pending", MetricKind.Fleet, "{checkpoint}", "Checkpoints that wait for a person.");

    public static readonly MetricDefinition CheckpointWait = new(
        "navi_checkpoint_wait_seconds", MetricKind.Histogram, "s", "Time from a checkpoint's opening to the person's decision.") { Buckets = Catalogue.Buckets.Long };

    public static readonly MetricDefinition CheckpointDelivery = new(
        "navi_checkpoint_delivery_seconds", MetricKind.Histogram, "s", "Time from a person's decision until the task has taken it.") { Buckets = Catalogue.Buckets.Wait };

    public static readonly MetricDefinition Errors = new(
        "navi_errors_total", MetricKind.Counter, "{error}", "Errors recorded in error_events.", "type", "severity", "component");

    public static readonly MetricDefinition ErrorsUnresolved = new(
        "navi_errors_unresolved", MetricKind.Fleet, "{error}", "Groups of errors that nobody has marked as resolved, by severity.", "severity");

    public static readonly MetricDefinition TelemetryEvents = new(
        "navi_telemetry_events_total", MetricKind.Counter, "{event}", "Events sent to POST /v1/telemetry: accepted or refused.", "outcome");

    public static readonly MetricDefinition ProbeRuns = new(
        "navi_probe_runs_total", MetricKind.Counter, "{run}", "Runs of the synthetic probe, by outcome.", "outcome");

    public static readonly MetricDefinition ProbeDuration = new(
        "navi_probe_duration_seconds", MetricKind.Histogram, "s", "Time of the synthetic probe's task from request to end.") { Buckets = Catalogue.Buckets.Wait };

    public static readonly MetricDefinition ProbeLastSuccess = new(
        "navi_probe_last_success_timestamp_seconds", MetricKind.Fleet, "s", "When the synthetic probe last succeeded, or while no success is on record first tried, in Unix time.");

    public static readonly MetricDefinition OutboxOldest = new(
        "navi_outbox_oldest_seconds", MetricKind.Fleet, "s", "Age of the oldest message to the durable backend that is not acknowledged.");

    public static readonly MetricDefinition SigningKeyDue = new(
        "navi_signing_key_due_timestamp_seconds", MetricKind.Fleet, "s", "When the issuer's newest signing key must be followed by the next one, in Unix time: past when the upkeep does not run, 0 without a usable key.");

    public static readonly MetricDefinition DurableBacklog = new(
        "navi_durable_backlog", MetricKind.Fleet, "{item}", "Durable work that is due and not taken: orchestrations, activities.", "kind") { PortableOnly = true };

    public static readonly MetricDefinition DurableTurn = new(
        "navi_durable_turn_seconds", MetricKind.Histogram, "s", "Time of one turn of an orchestration, from its beginning to its commit.") { Buckets = Catalogue.Buckets.Turn, PortableOnly = true };

    public static readonly MetricDefinition DurableClaim = new(
        "navi_durable_claim_seconds", MetricKind.Histogram, "s", "Time of one look for orchestrations that have something to do.") { Buckets = Catalogue.Buckets.Turn, PortableOnly = true };

    public static readonly MetricDefinition DurableGroup = new(
        "navi_durable_group_turns", MetricKind.Histogram, "{turn}", "Turns of orchestrations written in one transaction.") { Buckets = Catalogue.Buckets.Group, PortableOnly = true };

    public static readonly MetricDefinition DurableTakeovers = new(
        "navi_durable_takeovers_total", MetricKind.Counter, "{worker}", "Workers found dead whose work was freed.") { PortableOnly = true };

    public static readonly MetricDefinition DurableEvictions = new(
        "navi_durable_evictions_total", MetricKind.Counter, "{orchestration}", "Idle orchestrations given up to keep others.") { PortableOnly = true };

    public static readonly MetricDefinition PoolUsed = new("navi_db_pool_used", MetricKind.Process, "{connection}", "Connections of the application's pool that are in use.");

    public static readonly MetricDefinition PoolIdle = new("navi_db_pool_idle", MetricKind.Process, "{connection}", "Connections of the application's pool that wait for work.");

    public static readonly MetricDefinition PoolPending = new("navi_db_pool_pending", MetricKind.Process, "{request}", "Requests that wait for a connection of the application's pool.");

    public static readonly MetricDefinition PoolMax = new("navi_db_pool_max", MetricKind.Process, "{connection}", "Most connections that the application's pool may have.");

    public static readonly MetricDefinition Cpu = new("navi_process_cpu_seconds_total", MetricKind.ProcessCounter, "s", "Processor time that the process has used.");

    public static readonly MetricDefinition CpuCount = new("navi_process_cpus", MetricKind.Process, "{cpu}", "Processors that the process may use.");

    public static readonly MetricDefinition Memory = new("navi_process_resident_memory_bytes", MetricKind.Process, "By", "Memory that the process occupies.");

    public static readonly MetricDefinition MemoryLimit = new("navi_process_memory_limit_bytes", MetricKind.Process, "By", "Memory that the process may occupy.");

    public static readonly MetricDefinition Heap = new("navi_process_heap_bytes", MetricKind.Process, "By", "Size of the managed heap.");

    public static readonly MetricDefinition ThreadQueue = new("navi_process_threadpool_queue", MetricKind.Process, "{item}", "Work that waits for a thread.");

    public static readonly MetricDefinition StartTime = new("navi_process_start_time_seconds", MetricKind.Process, "s", "When the process started, in Unix time.");

    public static readonly MetricDefinition DiskFree = new("navi_disk_free_bytes", MetricKind.Process, "By", "Free space of the disk on which workspaces lie.");

    public static readonly MetricDefinition DiskWrite = new("navi_disk_write_seconds", MetricKind.Process, "s", "Time that writing 4 KiB to the workspaces' disk took, flushed to the device.");

    public static readonly MetricDefinition BuildInfo = new("navi_build_info", MetricKind.Process, "1", "Always 1; its label is the version that runs.", "version");

    /// <summary>All of them, in the order above.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
        [.. typeof(MetricCatalogue).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(MetricDefinition)).Select(f => (MetricDefinition)f.GetValue(null)!)];
}
