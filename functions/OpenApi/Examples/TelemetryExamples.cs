namespace Navi.Functions.OpenApi.Examples;

/// <summary>A batch of telemetry as it may look on the wire.</summary>
internal static class TelemetryExamples
{
    public const string Batch =
        """
        {"events":[{"id":"0199f1c2-8a10-7c44-8d52-1f0f5be07f10","type":"command","name":"run","source":"cli","source_version":"0.1.0","duration_ms":3820,"data":{"exit_code":0}},
        {"id":"0199f1c2-8a10-7c44-8d52-1f0f5be07f11","type":"error","name":"task-list","source":"console","error":{"type":"TypeError","message":"items is undefined"}}]}
        """;

    public const string Stored = """{"accepted":2,"duplicates":0}""";
}
