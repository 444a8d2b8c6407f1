namespace Navi.Functions.OpenApi.Examples;

/// <summary>Groups of errors as they may look on the wire.</summary>
internal static class ErrorExamples
{
    public const string Note = """{"note":"The provider's quota was raised."}""";

    private const string Open =
        """
        {"id":"0199f1c2-8a10-7c44-8d52-1f0f5be07f10","type":"ModelCallException","code":"rate_limited","severity":"error","message":"No model answered. main (gpt-4o): too many requests","component":"models",
        "operation":"auto","environment":"Production","version":"0.1.0","first_seen":"2026-01-31T08:00:00Z","last_seen":"2026-01-31T08:05:00Z","occurrences":12,"resolved":false,"reopenings":0,
        "signature":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        """;

    public const string One =
        Open + """
        ,"stack":"Navi.Agent.Models.Routing.ModelCallException\n   at Navi.Agent.Models.Routing.RoutedChatClient.GetResponseAsync(IEnumerable`1 messages)",
        "samples":[{"at":"2026-01-31T08:05:00Z","message":"No model answered. main (gpt-4o): too many requests","user":"ada","task_id":"0199f1c2-8a10-7c44-8d52-1f0f5be07f11","version":"0.1.0"}]}
        """;

    public const string Page = """{"items":[""" + Open + "}]}";
}
