using Navi.DeploymentChecks;
using Navi.Testing;

const string Usage =
    """
    navi check deploy

    deploy  Checks what deploys NAVI without a cloud: Bicep, Kubernetes manifests, container images and pipelines, against each other and against the code.
    """;

if (args is not ["deploy"])
{
    await Console.Error.WriteLineAsync($"{(args.Length == 0 ? "Check what?" : $"There is no check '{string.Join(' ', args)}'.")}\n\n{Usage}");
    return 2;
}
return CheckReport.Write(Console.Out, await DeployChecks.RunAsync(SourceTree.Root, CancellationToken.None)) ? 0 : 1;
