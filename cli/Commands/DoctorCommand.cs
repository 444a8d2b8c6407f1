using System.CommandLine;
using Navi.Cli.Doctor;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi doctor</c>: what is missing on this machine.</summary>
internal static class DoctorCommand
{
    public static Command Make(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("doctor", "Check what NAVI needs on this machine; every finding has its remedy.") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var findings = await Examination.RunAsync(context, cancellation);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(findings);
            else
                Show(context.Out, findings);
            return findings.Any(f => f.State == "fail") ? ExitCodes.Unavailable : ExitCodes.Ok;
        });
        return command;
    }

    private static void Show(Screen screen, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var tone = finding.State switch { "ok" => Tone.Good, "warn" => Tone.Warning, _ => Tone.Bad };
            screen.Line($"{finding.State,-5} {finding.What}: {finding.Said}", tone);
            if (finding.Remedy is { } remedy)
                screen.Line($"      → {remedy}");
        }
    }
}
