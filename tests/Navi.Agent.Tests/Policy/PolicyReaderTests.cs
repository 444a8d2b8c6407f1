using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Agent.Policy;
using Navi.Agent.Policy.Yaml;

namespace Navi.Agent.Tests.Policy;

public sealed class PolicyReaderTests
{
    private const string Good = "version: 1\nrules:\n  - name: one\n    match: { tool: x }\n    decision: deny\n    reason: Because.\n";

    [Theory]
    [InlineData("decision: deny", "decision: maybe", "line 5", "'decision' 'maybe'", "allow, approve, deny")]
    [InlineData("version: 1", "version: 2", "line 1", "'version' '2'", "must be 1")]
    [InlineData("{ tool: x }", "{ tol: x }", "line 4", "'match.tol' 'tol'", "tool, effect")]
    [InlineData("{ tool: x }", "{ effect: [pure, harmless] }", "line 4", "'effect' 'harmless'", "irreversible")]
    [InlineData("{ tool: x }", "{ sandboxed: yes }", "line 4", "'sandboxed' 'yes'", "true or false")]
    [InlineData("{ tool: x }", "{ command: { first: [x] } }", "line 4", "'program'", "missing")]
    [InlineData("{ tool: x }", "{ command: { program: [] } }", "line 4", "'program'", "empty list")]
    [InlineData("{ tool: x }", "{}", "line 3", "'match'", "no condition")]
    [InlineData("{ tool: x }", "{ tool: \"\" }", "line 4", "'tool' ''", "not empty")]
    [InlineData("    reason: Because.\n", "", "line 3", "'reason'", "missing")]
    [InlineData("Because.\n", "B.\n  - { name: one, match: { tool: y }, decision: allow, reason: C. }\n", "line 7", "'name' 'one'", "two rules")]
    [InlineData("rules:", "rules: [", "line", "", "")]
    [InlineData("name: one", "name: &a one", "line 3", "'a'", "anchors")]
    [InlineData("decision: deny", "decision: deny\n    decision: allow", "line", "decision", "")]
    public void Read_Mistake_NamesLineFieldAndValue(string right, string wrong, string line, string field, string problem)
    {
        var text = Good.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Good, text);
        var message = Assert.Throws<PolicyFileException>(() => PolicyReader.Read(text, "p.yaml")).Message;
        Assert.Contains("p.yaml", message, StringComparison.Ordinal);
        Assert.Contains(line, message, StringComparison.Ordinal);
        Assert.Contains(field, message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("just text")]
    [InlineData("- a\n- b")]
    public void Read_NotAPolicy_Throws(string text) => Assert.Throws<PolicyFileException>(() => PolicyReader.Read(text, "p.yaml"));

    [Fact]
    public void Digest_CommentsAndLayout_DoNotCountButContentDoes()
    {
        var digest = PolicyReader.Read(Good, "p.yaml").Digest;
        Assert.Matches("^[0-9a-f]{64}$", digest);
        Assert.Equal(digest, PolicyReader.Read("# note\n" + Good.Replace("{ tool: x }", "\n      tool: 'x'", StringComparison.Ordinal), "q.yaml").Digest);
        Assert.NotEqual(digest, PolicyReader.Read(Good.Replace("deny", "allow", StringComparison.Ordinal), "p.yaml").Digest);
    }

    [Fact]
    public async Task AddPolicy_InvalidFile_StopsTheProcessAtStart()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Good.Replace("deny", "never", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            var error = Assert.Throws<OptionsValidationException>(() => Start(path));
            Assert.Contains($"{path}, line 5: field 'decision' 'never'", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void AddPolicy_MissingFile_StopsTheProcessAtStart()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Start("/nowhere/policy.yaml"));
        Assert.Contains("PolicyOptions.Path: the policy file '/nowhere/policy.yaml'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddPolicy_NoPath_GivesTheShippedPolicyOnce()
    {
        using var provider = new ServiceCollection().AddPolicy(_ => { }).BuildServiceProvider();
        var engine = provider.GetRequiredService<PolicyEngine>();
        Assert.Same(engine, provider.GetRequiredService<PolicyEngine>());
        Assert.Equal(Policies.Shipped.Digest, engine.Digest);
    }

    // What a generic host does before it starts its services.
    private static void Start(string path)
    {
        using var provider = new ServiceCollection().AddPolicy(o => o.Path = path).BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }
}
