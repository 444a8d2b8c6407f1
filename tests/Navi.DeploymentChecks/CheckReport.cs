namespace Navi.DeploymentChecks;

/// <summary>Prints sections of checks for people.</summary>
internal static class CheckReport
{
    /// <summary>Writes every section and what contradicts its statements; true when all of them hold.</summary>
    public static bool Write(TextWriter to, IReadOnlyList<CheckSection> sections)
    {
        foreach (var section in sections)
        {
            to.WriteLine($"{section.Title}: {section.Figures} · checks {section.Held} of {section.Checks.Count}");
            foreach (var check in section.Checks)
            {
                to.WriteLine($"  {(check.Holds ? "✓" : "✗")} {check.Name}");
                foreach (var problem in check.Problems)
                    to.WriteLine($"      {problem}");
            }
        }
        var (held, all) = (sections.Sum(s => s.Held), sections.Sum(s => s.Checks.Count));
        to.WriteLine(held == all ? $"All {all} checks hold." : $"{all - held} of {all} checks do not hold.");
        return held == all;
    }
}
