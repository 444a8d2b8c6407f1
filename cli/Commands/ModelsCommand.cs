using System.CommandLine;
using System.Globalization;
using Navi.Cli.Api;
using Navi.Cli.Completion;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi models</c>: what tasks may use, and whether it works.</summary>
internal static class ModelsCommand
{
    public static Command Make(CliContext context)
    {
        // Without a subcommand the list is meant.
        var json = CommonOptions.Json();
        var command = new Command("models", "The models that tasks may use.") { json, List(context), Test(context) };
        command.SetAction((parsed, cancellation) => ListAsync(context, context.IsJson(parsed, json), cancellation));
        return command;
    }

    private static Command List(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "List the models with endpoint, modes and prices.") { json };
        command.SetAction((parsed, cancellation) => ListAsync(context, context.IsJson(parsed, json), cancellation));
        return command;
    }

    private static Command Test(CliContext context)
    {
        var name = new Argument<string>("NAME") { Description = "The model's name, as in the list." };
        name.CompletionSources.Add(_ => Candidates.Models(context));
        var json = CommonOptions.Json();
        var command = new Command("test", "Ask a model one small question; exit code 1 when it does not answer. It costs what it says.") { name, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var document = await connection.Client.TestModelAsync(parsed.GetValue(name)!, cancellation);
            var outcome = NaviClient.Read<ModelTestView>(document);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(document);
            else if (outcome.Ok)
                context.Out.Line($"{outcome.Model} answered in {outcome.LatencyMs} ms (first words after {outcome.TimeToFirstTokenMs ?? outcome.LatencyMs} ms): {outcome.InputTokens} tokens in, {outcome.OutputTokens} out, {Money.Say(outcome.Cost)}", Tone.Good);
            else
                context.Out.Line($"{outcome.Model ?? parsed.GetValue(name)} does not answer: {outcome.Error}", Tone.Bad);
            return outcome.Ok ? ExitCodes.Ok : ExitCodes.Ended;
        });
        return command;
    }

    private static async Task<int> ListAsync(CliContext context, bool json, CancellationToken cancellation)
    {
        await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
        var document = await connection.Client.ListModelsAsync(cancellation);
        if (json)
            CliContext.WriteJson(document);
        else
            Show(context.Out, [.. document.GetProperty("items").EnumerateArray().Select(NaviClient.Read<ModelView>)]);
        return ExitCodes.Ok;
    }

    private static void Show(Screen screen, IReadOnlyList<ModelView> models)
    {
        screen.Table(["NAME", "KIND", "MODEL", "ENDPOINT", "MODES", "WINDOW", "PER MILLION TOKENS", "PRICED"], models.Select(m => (IReadOnlyList<string>)
            [$"{m.Name}{(m.Default ? " *" : "")}", m.Kind, m.Model, m.Endpoint ?? "—", string.Join(' ', m.Modes), m.ContextWindow?.ToString("N0", CultureInfo.InvariantCulture) ?? "—", Price(m.Prices), Dated(m.Prices)]));
        screen.Line("* takes the tasks that name no provider. Try one: navi models test NAME", Tone.Faint);
    }

    private static string Price(ModelPriceView? prices) => prices is null
        ? "no price known"
        : string.Create(CultureInfo.InvariantCulture, $"{prices.Input:0.####} in · {prices.CachedInput:0.####} cached · {prices.Output:0.####} out {prices.Currency}");

    private static string Dated(ModelPriceView? prices) => prices is null ? "—" : prices.Date is { } date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : prices.Source;
}
