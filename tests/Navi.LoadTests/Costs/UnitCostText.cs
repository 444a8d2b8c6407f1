using System.Globalization;
using System.Text;

namespace Navi.LoadTests.Costs;

/// <summary>Unit costs as Markdown; the same text is printed and written.</summary>
internal static class UnitCostText
{
    public static string Of(UnitCosts costs)
    {
        var text = new StringBuilder();
        Line($"### unit-costs: what a request and a task take");
        Line($"");
        Line($"{costs.Date:yyyy-MM-dd HH:mm} UTC. The simulated provider answers at once; requests by four clients in turn, all tasks at once, each with the requests of its user. What the idle NAVI uses in the same time is taken off.");
        Line($"");
        Line($"| what | count | failures | NAVI ms | commands ms | PostgreSQL ms | sum ms |");
        Line($"|---|---|---|---|---|---|---|");
        foreach (var c in costs.Costs)
            Line($"| `{c.What}` | {c.Count} | {c.Failures} | {c.Each.Navi * 1000:0.0} | {c.Each.Commands * 1000:0.0} | {c.Each.Postgresql * 1000:0.0} | {(c.Each.Navi + c.Each.Commands + c.Each.Postgresql) * 1000:0.0} |");
        Line($"");
        Line($"* Idle for {costs.IdleSeconds:0.0} s: NAVI {costs.Idle.Navi:0.000} cores, PostgreSQL {costs.Idle.Postgresql:0.000} cores, {costs.IdleMemoryMb} MB of memory, {costs.IdleConnections} connections. The most memory before the tasks: {costs.WarmMemoryMb} MB.");
        Line($"* The beginning of a process, until everything has been used {costs.Costs.First(c => c.What == "task").Count} times: {costs.BeginningSeconds:0.0} s of processor beyond what the same work takes later. It compiles its code as that is first used, which a short scenario soon after a start contains.");
        Line($"* A task: {costs.CallsPerTask:0.0} model calls, {costs.Model.InputTokens / Tasks():N0} tokens read and {costs.Model.OutputTokens / Tasks():N0} written; at most {costs.TaskMemoryMb:0.0} MB more for each task, looked at every 50 ms while all ran at once.");
        Line($"* A task leaves {costs.Growth.NaviBytes / costs.Growth.Tasks / 1024:N0} KiB in schema `navi`, {costs.Growth.DurableBytes / costs.Growth.Tasks / 1024:N0} KiB in schema `durable` and {costs.Growth.WorkspaceBytes / costs.Growth.Tasks / 1024:N0} KiB of workspace, over {costs.Growth.Tasks} tasks.");
        return text.ToString();

        int Tasks() => Math.Max(1, costs.Costs.First(c => c.What == "task").Count);

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
