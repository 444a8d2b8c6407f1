namespace Navi.DeploymentChecks.Images;

/// <summary>A <c>dotnet publish</c> of a Dockerfile.</summary>
/// <param name="Project">The project's file, from the repository's root.</param>
/// <param name="Output">Where the program is put, in the build stage.</param>
/// <param name="Arguments">Everything after <c>dotnet</c>.</param>
/// <param name="Stage">The stage it runs in.</param>
internal sealed record PublishStep(string Project, string Output, IReadOnlyList<string> Arguments, int Stage)
{
    public static IReadOnlyList<PublishStep> In(Dockerfile dockerfile) =>
    [
        .. from run in dockerfile.Of("RUN")
           let words = run.Words
           where words is ["dotnet", "publish", _, ..]
           let output = words.SkipWhile(w => w != "-o").ElementAtOrDefault(1)
           select new PublishStep(words[2], output ?? "", [.. words.Skip(1)], run.Stage),
    ];
}
