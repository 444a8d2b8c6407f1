using System.Text.Json.Nodes;
using Navi.Platform.Checkpoints;

namespace Navi.Platform.Tests.Tasks;

internal static class Gates
{
    public static NewCheckpoint Action(Guid task, int number = 1, string kind = "action", TimeSpan? lifetime = null) => new(
        task, number, kind, null, "Run a command", "unknown command", new JsonObject { ["tool"] = "run_command", ["number"] = number },
        kind == "review" ? "diff"u8.ToArray() : null, lifetime ?? TimeSpan.FromHours(1));
}
