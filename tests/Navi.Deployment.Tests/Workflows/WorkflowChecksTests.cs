using Navi.DeploymentChecks.Workflows;
using Navi.Testing;

namespace Navi.Deployment.Tests.Workflows;

/// <summary>The pipelines hold, and each planted fault is found by the check that is for it.</summary>
public sealed class WorkflowChecksTests
{
    private static readonly string[] Parts = [".github", "docs/CLI.md", "infra-bicep", "k8s-keda", "grafana", "functions/Navi.Functions.csproj", "docs/DEPLOYMENT_KUBERNETES.md", "docs/ROLLBACK.md", "docs/LOAD_TEST_RESULTS.md"];

    [Fact]
    public async Task Run_OnTheTree_Holds()
    {
        var section = await WorkflowChecks.RunAsync(SourceTree.Root, TestContext.Current.CancellationToken);

        Assert.All(section.Checks, c => Assert.True(c.Holds, $"{c.Name}: {string.Join('\n', c.Problems)}"));
        Assert.Contains("workflows linted", section.Figures, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build.yml", "timeout-minutes: 30", "timeout-minutse: 30", "actionlint finds nothing")]
    [InlineData("build.yml", "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", "actions/checkout@v4", "every action is pinned")]
    [InlineData("images.yml", "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683", "every action is pinned")]
    [InlineData("release.yml", "on:\n  push:\n    tags: [\"v*\"]\n  workflow_dispatch:\npermissions:\n  contents: read\n", "on:\n  push:\n    tags: [\"v*\"]\n  workflow_dispatch:\n", "every workflow says what its token may do")]
    [InlineData("rollback.yml", "--to \"$REVISION\"", "--to \"${{ inputs.revision }}\"", "no script holds an expression")]
    [InlineData("build.yml", "./navi check deploy", "./navi chek deploy", "what the scripts name is there")]
    [InlineData("deploy-azure.yml", "infra-bicep/parameters/", "infra-bicep/settings/", "what the scripts name is there")]
    [InlineData("release.yml", "    shell: bash\n", "    shell: sh\n", "a program that fails in a pipe")]
    [InlineData("images.yml", "            REVISION=${{ github.sha }}\n", "", "an image's build is told everything")]
    [InlineData("deploy-azure.yml", " --expect-version \"$REVISION\"", "", "a smoke test asks for the version")]
    [InlineData("release.yml", "needs: [staging-azure, load]", "needs: [load]", "production comes after staging and load")]
    [InlineData("deploy-kubernetes.yml", "    environment: ${{ inputs.environment }}\n    env:", "    env:", "production comes after staging and load")]
    public async Task Run_WithAPlantedFault_FindsItWhereItBelongs(string file, string text, string instead, string check)
    {
        using var copy = new CopiedTree(Parts);
        copy.Replace(Path.Combine(".github", "workflows", file), text, instead);

        var section = await WorkflowChecks.RunAsync(copy.Root, TestContext.Current.CancellationToken);

        var failed = section.Checks.Where(c => !c.Holds).ToList();
        Assert.Contains(failed, c => c.Name.StartsWith(check, StringComparison.Ordinal));
        Assert.All(failed.SelectMany(c => c.Problems), p => Assert.Contains(file, p, StringComparison.Ordinal));
    }
}
