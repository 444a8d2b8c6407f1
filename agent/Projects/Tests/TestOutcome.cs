namespace Navi.Agent.Projects;

/// <summary>What a run of tests showed.</summary>
internal enum TestOutcome
{
    /// <summary>At least one test ran and none failed.</summary>
    Passed,
    Failed,

    /// <summary>The runner ended well but ran no test, or nothing shows that it ran one.</summary>
    NoTests,

    /// <summary>The tests could not be started: a tool or a package is missing, or commands are refused.</summary>
    CouldNotRun,
}
