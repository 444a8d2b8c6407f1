using System.CommandLine;
using System.Globalization;
using Navi.Cli.Connect;
using Navi.Cli.Output;
using Navi.Cli.SignIn;
using Navi.Cli.Smoke;

namespace Navi.Cli.Commands;

/// <summary><c>navi smoke</c>: whether a running deployment does the least that it must.</summary>
internal static class SmokeCommand
{
    private const int Usual = 120;

    public static Command Make(CliContext context)
    {
        var seconds = new Option<int>("--seconds") { Description = $"Most seconds for all checks together, 1 to 600. Default {Usual}.", DefaultValueFactory = _ => Usual };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 600)
                result.AddError("--seconds must be from 1 to 600.");
        });
        var version = new Option<string?>("--expect-version") { Description = "Version that must run, as the check of versions prints it, or only the commit behind its +." };
        var alone = new Option<bool>("--alone") { Description = "With --expect-version: no other version may run; waits for what still ends." };
        var json = CommonOptions.Json("Print every check as one JSON document.");
        var command = new Command("smoke", "Check the NAVI of --url: probes, interface, refusal, sign-in, version, metrics and a tiny task to its end (role operator); exit code 1 when one fails.") { seconds, version, alone, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(alone) && string.IsNullOrWhiteSpace(result.GetValue(version)))
                result.AddError("--alone needs --expect-version.");
            else if (result.GetResult(version) is { Implicit: false } && string.IsNullOrWhiteSpace(result.GetValue(version)))
                result.AddError("--expect-version must name a version.");
        });
        command.SetAction((parsed, cancellation) => RunAsync(context, parsed.GetValue(version) is { } wanted ? new ExpectedVersion(wanted, parsed.GetValue(alone)) : null, TimeSpan.FromSeconds(parsed.GetValue(seconds)), context.IsJson(parsed, json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, ExpectedVersion? expected, TimeSpan bound, bool json, CancellationToken cancellation)
    {
        var address = Connector.Given(context) ?? throw CliException.Usage("Which NAVI? Give --url URL, or set NAVI_URL.");
        var test = new SmokeTest(address, TokenSources.For(context, address), context.RequestTimeout, bound, TimeProvider.System) { Expected = expected };
        var results = await test.RunAsync(
            result =>
            {
                if (!json)
                    context.Out.Line(string.Create(CultureInfo.InvariantCulture, $"{(result.Passed ? "passed" : "failed")}  {result.Check,-8} {result.Milliseconds,6} ms  {result.Evidence}"), result.Passed ? Tone.Good : Tone.Bad);
            }, cancellation);
        var failed = results.Count(r => !r.Passed);
        if (json)
            CliContext.WriteJson(new { url = address.ToString(), passed = failed == 0, checks = results });
        else
            context.Out.Line($"{results.Count - failed} of {results.Count} passed at {address}", failed == 0 ? Tone.Good : Tone.Bad);
        return failed == 0 ? ExitCodes.Ok : ExitCodes.Ended;
    }
}
