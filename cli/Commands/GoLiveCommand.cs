using System.CommandLine;
using Navi.Cli.Connect;
using Navi.Cli.GoLive;
using Navi.Cli.Migrations;
using Navi.Cli.Output;
using Navi.Cli.Serving;
using Navi.Cli.SignIn;
using Navi.Platform.Data;

namespace Navi.Cli.Commands;

/// <summary><c>navi golive</c>: whether people may rely on a deployment.</summary>
internal static class GoLiveCommand
{
    public static Command Make(CliContext context)
    {
        var prometheus = Address("--prometheus", "Address of the Prometheus that watches this NAVI.");
        var alertmanager = Address("--alertmanager", "Address of its Alertmanager.");
        var grafana = Address("--grafana", "Address of Grafana; its token comes from NAVI_GRAFANA_TOKEN.");
        var documents = new Option<string?>("--documents") { Description = "The directory docs/ of this release, for what was measured. Default docs, where that is there.", HelpName = "DIRECTORY" };
        var confirmed = new Option<string?>("--confirmed") { Description = "A JSON file of what people answer for (docs/GO_LIVE.md).", HelpName = "FILE" };
        var json = CommonOptions.Json("Print every item as one JSON document.");
        var command = new Command("golive", "Look at the NAVI of --url by the go-live checklist (role operator): each item passed, failed, or for a person to confirm; exit code 1 when one failed, 3 when a person has to confirm.")
        {
            prometheus, alertmanager, grafana, documents, confirmed, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var address = Connector.Given(context) ?? throw CliException.Usage("Which NAVI? Give --url URL, or set NAVI_URL.");
            var confirmations = parsed.GetValue(confirmed) is { } file ? Confirmations.Read(file, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)) : Confirmations.None;
            var named = parsed.GetValue(documents) ?? "docs";
            var there = File.Exists(Path.Combine(named, "LOAD_TEST_RESULTS.md")) && File.Exists(Path.Combine(named, "PERFORMANCE_BENCHMARKS.md"));
            if (parsed.GetValue(documents) is not null && !there)
                throw CliException.Usage($"--documents is '{named}', which has no LOAD_TEST_RESULTS.md and PERFORMANCE_BENCHMARKS.md: it must be the directory docs/ of this release.");
            using var target = new GoLiveTarget(address, TokenSources.For(context, address), context.RequestTimeout)
            {
                Prometheus = Api("Prometheus", parsed.GetValue(prometheus), null), Alertmanager = Api("Alertmanager", parsed.GetValue(alertmanager), null),
                Grafana = Api("Grafana", parsed.GetValue(grafana), context.Variable("NAVI_GRAFANA_TOKEN")), Documents = there ? named : null, Database = await DatabaseAsync(context),
            };
            return await RunAsync(context, target, confirmations, context.IsJson(parsed, json), cancellation);
        });
        return command;

        MonitoringApi? Api(string name, string? given, string? token) => given is null ? null : new MonitoringApi(name, new Uri(given), token, context.RequestTimeout);
    }

    private static async Task<int> RunAsync(CliContext context, GoLiveTarget target, Confirmations confirmations, bool json, CancellationToken cancellation)
    {
        var results = await new GoLiveRun(target, confirmations).RunAsync(
            section =>
            {
                if (!json)
                    context.Out.Line(section.Title, Tone.Strong);
            },
            (item, result) =>
            {
                if (!json)
                    context.Out.Line($"  {result.State,-9}  {item.Id,-22}  {result.Evidence}", result.State switch { "failed" => Tone.Bad, "person" => Tone.Warning, _ => Tone.Good });
            }, cancellation);
        var counts = results.CountBy(r => r.State).ToDictionary();
        var (failed, open) = (counts.GetValueOrDefault("failed"), counts.GetValueOrDefault("person"));
        if (json)
            CliContext.WriteJson(new { url = target.Address.ToString(), passed = failed + open == 0, failed, person = open, items = results });
        else
            context.Out.Line($"{counts.GetValueOrDefault("passed")} passed, {failed} failed, {open} for a person to confirm, {counts.GetValueOrDefault("confirmed")} confirmed at {target.Address}", failed > 0 ? Tone.Bad : open > 0 ? Tone.Warning : Tone.Good);
        return failed > 0 ? ExitCodes.Ended : open > 0 ? ExitCodes.Parked : ExitCodes.Ok;
    }

    // Only a database that was named: a person's own cluster is not the deployment's.
    private static async Task<DatabaseOptions?> DatabaseAsync(CliContext context) =>
        LocalHost.GivenDatabase(context) is not null || context.Variable("Navi__Database__ConnectionString") is { Length: > 0 }
            ? await StartFailures.SayAsync("Check NAVI_DATABASE or Navi__Database__ConnectionString.", () => Task.FromResult(GivenDatabase.Read(context)))
            : null;

    private static Option<string?> Address(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "URL" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } given && !(Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0))
                result.AddError($"{name} is not an http or https address without user and password, such as http://127.0.0.1:9090.");
        });
        return option;
    }
}
