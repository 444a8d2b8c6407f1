namespace Navi.Functions.OpenApi.Examples;

/// <summary>Checkpoints and decisions as they may look on the wire.</summary>
internal static class CheckpointExamples
{
    public const string Approve = """{"decision":"approve","reason":"The change is what was asked for.","action_digest":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}""";

    public const string Decision =
        """
        {"checkpoint_id":"0199f1c2-8a10-7c44-8d52-1f0f5be07f10","status":"approved","decision":"approve","reason":"The change is what was asked for.","decided_by":"grace",
        "decided_at":"2026-01-31T08:05:00Z","self_approved":false,"action_digest":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
        """;

    public const string Page = """{"items":[]}""";
}
