namespace Navi.Drills.Rollback;

/// <summary>What the command line asks of the drill.</summary>
/// <param name="Before">Try the release before this one.</param>
/// <param name="After">Try a release after this one.</param>
internal sealed record RollbackOptions(bool Before, bool After)
{
    /// <summary>Reads the arguments behind <c>navi drill rollback</c>.</summary>
    /// <exception cref="ArgumentException">They are not understood, or leave nothing to do.</exception>
    public static RollbackOptions Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.FirstOrDefault(a => a is not ("--skip-before" or "--skip-after")) is { } unknown)
            throw new ArgumentException($"'{unknown}' is not understood.");
        var options = new RollbackOptions(!arguments.Contains("--skip-before"), !arguments.Contains("--skip-after"));
        return options.Before || options.After ? options : throw new ArgumentException("With both left out there is nothing to drill.");
    }
}
