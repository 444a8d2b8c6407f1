namespace Navi.Functions.OpenApi.Examples;

/// <summary>Answers on keys, for the document.</summary>
internal static class KeyExamples
{
    public const string Keys = $$"""
        {
          "wrapping": [
            {"id": "2026-11", "current": true, "reachable": true, "unused": false, "envelopes": 4, "columns": [{"table": "navi.signing_keys", "column": "private_key", "envelopes": 4}]},
            {"id": "2025-11", "current": false, "reachable": true, "unused": true, "envelopes": 0, "columns": []}
          ],
          "unreadable": [],
          "signing": [{{One}}]
        }
        """;

    public const string Rewrap = """{"key_id": "2026-11", "rewrapped": 4, "overtaken": 0, "left": 0, "problems": []}""";

    public const string Signing = $$"""{"items": [{{One}}]}""";

    private const string One =
        """{"id": "mS3bTQ5nZ0oYH5b0vYJr2cWqD1uKx8eF7gA9hL4pR6s", "use": "sign", "state": "next", "created_at": "2026-01-31T08:00:00Z", "active_from": "2026-01-31T08:10:00Z"}""";
}
