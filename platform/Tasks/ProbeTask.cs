namespace Navi.Platform.Tasks;

/// <summary>Tasks that NAVI gives itself to see whether it works.</summary>
public static class ProbeTask
{
    /// <summary>Who asks for them. They have metrics of their own and are no people's tasks: a dozen of them an hour would hide what happens to people's.</summary>
    public const string User = "navi-probe";
}
