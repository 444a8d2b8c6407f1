using System.Text.Json.Nodes;

namespace Navi.Drills.Staging;

/// <summary>How the simulated providers behave in drills (docs/SIMULATED_PROVIDERS.md).</summary>
internal static class Scenarios
{
    /// <summary>A model that reads a file and is done, for a fraction of a cent.</summary>
    public static JsonObject Quick() => Of(inputTokens: 50, outputTokens: 10);

    /// <summary>The same with long conversations: about a dollar for every task, and seconds for every answer, so that tasks are open when somebody looks for them.</summary>
    public static JsonObject Costly()
    {
        var scenario = Of(inputTokens: 20_000, outputTokens: 30_000);
        scenario["first_token"] = new JsonObject { ["ms"] = 2_500 };
        return scenario;
    }

    /// <summary>A model that runs a command and is done.</summary>
    public static JsonObject Command(string command) => new() { ["turns"] = new JsonArray(Turn("run_command", new JsonObject { ["command"] = command }, 50, 10), Turn("finish_task", new JsonObject { ["status"] = "done", ["summary"] = "Run." }, 50, 10)) };

    /// <summary>As <see cref="Quick"/>, and only <paramref name="key"/> is accepted.</summary>
    public static JsonObject WithKey(string key)
    {
        var scenario = Quick();
        scenario["keys"] = new JsonArray(key);
        return scenario;
    }

    private static JsonObject Of(int inputTokens, int outputTokens) => new()
    {
        ["turns"] = new JsonArray(
            Turn("read_file", new JsonObject { ["path"] = "README.md" }, inputTokens, outputTokens),
            Turn("finish_task", new JsonObject { ["status"] = "done", ["summary"] = "Read." }, inputTokens, outputTokens)),
    };

    private static JsonObject Turn(string tool, JsonObject arguments, int inputTokens, int outputTokens) => new()
    {
        ["calls"] = new JsonArray(new JsonObject { ["name"] = tool, ["arguments"] = arguments }), ["input_tokens"] = inputTokens, ["output_tokens"] = outputTokens, ["cached_tokens"] = 0,
    };
}
