using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi cost</c>: what model calls have cost.</summary>
internal static class CostCommand
{
    public static Command Make(CliContext context)
    {
        var since = Moments.Option("--since", "From when: 7d, 12h, or a date such as 2026-01-31. Default: NAVI's, 30 days.");
        var until = Moments.Option("--until", "Until when, written like --since. Default: now.");
        var by = new Option<string>("--by") { Description = "One line per what.", DefaultValueFactory = _ => "day" };
        by.AcceptOnlyFromAmong("day", "model", "provider", "user", "task");
        var json = CommonOptions.Json();
        var command = new Command("cost", "Show what model calls of your organisation have used and cost, with totals.") { since, until, by, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var document = await connection.Client.GetCostsAsync(Moments.Read(parsed.GetValue(since)), Moments.Read(parsed.GetValue(until)), parsed.GetValue(by)!, cancellation);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(document);
            else
                Show(context.Out, document, parsed.GetValue(by)!);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Show(Screen screen, JsonElement document, string by)
    {
        var lines = document.GetProperty("items").EnumerateArray().Select(NaviClient.Read<CostLineView>).ToList();
        if (lines.Count == 0)
        {
            screen.Line("No model was called in that time.");
            return;
        }
        var total = NaviClient.Read<CostLineView>(document.GetProperty("total"));
        screen.Table([by.ToUpperInvariant(), "CALLS", "FAILED", "INPUT", "CACHED", "OUTPUT", "COST"], [.. lines.Select(l => Row(l.Key ?? "—", l)), Row("TOTAL", total)]);
        if (total.UnpricedCalls > 0)
            screen.Line($"{total.UnpricedCalls} calls have no known price and are not in the sum.", Tone.Warning);
        if (document.TryGetProperty("more", out var more) && more.ValueKind == JsonValueKind.True)
            screen.Line("There are more lines than NAVI tells at once; the total has them all. Ask for a shorter time.", Tone.Warning);
        if (document.TryGetProperty("prices", out var prices) && prices.ValueKind == JsonValueKind.Object)
            screen.Line($"Prices of {prices.GetProperty("date")}: {prices.GetProperty("source")}", Tone.Faint);
    }

    private static string[] Row(string key, CostLineView line) =>
    [
        key, Count(line.Calls), Count(line.FailedCalls), Count(line.InputTokens), Count(line.CachedInputTokens), Count(line.OutputTokens),
        line.UnpricedCalls > 0 && line.UnpricedCalls >= line.Calls - line.FailedCalls ? "unpriced" : $"{Money.Say(line.Cost)}{(line.UnpricedCalls > 0 ? $" + {line.UnpricedCalls} unpriced" : "")}",
    ];

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
