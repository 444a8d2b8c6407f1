using Navi.Agent.Effects;
using Navi.Agent.Policy;
using Navi.Agent.Tools;

namespace Navi.Agent.Tests.Policy;

public sealed class PolicyEngineTests
{
    private const string AllowAll = "  - { name: all, match: { tool: \"*\" }, decision: allow, reason: All. }\n";

    [Fact]
    public void Decide_SeveralRulesMatch_FirstWins()
    {
        var engine = Policies.Of("  - { name: first, match: { tool: write_* }, decision: deny, reason: No. }\n" + AllowAll);
        Assert.Equal(new PolicyVerdict(PolicyDecision.Deny, "first", "No.", engine.Digest), engine.Decide(Policies.Call("write_file", new { path = "x" })));
        Assert.Equal("all", engine.Decide(Policies.Call("read_file", new { path = "x" })).Rule);
    }

    [Fact]
    public void Decide_NoRuleMatches_Approves()
    {
        var engine = Policies.Of("  - { name: other, match: { tool: other }, decision: allow, reason: Other. }\n");
        var verdict = engine.Decide(Policies.Call("x", new { }));
        Assert.Equal((PolicyDecision.Approve, "unmatched"), (verdict.Decision, verdict.Rule));
    }

    [Fact]
    public void Decide_UntrustedTextAndIrreversible_ApprovesWhateverTheRulesAllow()
    {
        var engine = Policies.Of(AllowAll);
        var request = Policies.Call("webhook_post", new { }, EffectClass.Irreversible, ToolRisk.High);
        Assert.Equal(PolicyDecision.Allow, engine.Decide(request).Decision);
        var verdict = engine.Decide(request with { ReadUntrusted = true });
        Assert.Equal((PolicyDecision.Approve, "untrusted-text"), (verdict.Decision, verdict.Rule));
        Assert.Equal(PolicyDecision.Allow, engine.Decide(request with { ReadUntrusted = true, Effect = EffectClass.Idempotent }).Decision);
    }

    [Fact]
    public void Decide_UntrustedText_DoesNotWeakenADenial()
    {
        var engine = Policies.Of("  - { name: never, match: { effect: irreversible }, decision: deny, reason: No. }\n");
        Assert.Equal(PolicyDecision.Deny, engine.Decide(Policies.Call("x", new { }, EffectClass.Irreversible, untrusted: true)).Decision);
    }

    [Fact]
    public void Decide_CommandWithNetwork_CountsAsIrreversible()
    {
        var engine = Policies.Of(AllowAll);
        Assert.Equal(PolicyDecision.Allow, engine.Decide(Policies.Command("ls", confined: true, untrusted: true)).Decision);
        Assert.Equal("untrusted-text", engine.Decide(Policies.Command("ls", confined: false, untrusted: true)).Rule);
    }

    [Fact]
    public void Decide_RepositoryAndCaller_AreMatched()
    {
        var engine = Policies.Of("  - { name: mine, match: { repository: \"*/shop\", caller: [ops, dev] }, decision: allow, reason: Mine. }\n");
        var request = Policies.Call("x", new { });
        Assert.Equal(PolicyDecision.Allow, engine.Decide(request).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(request with { Repository = "/repositories/shopping" }).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(request with { Caller = "developer" }).Decision);
    }

    [Fact]
    public void Decide_LineOfSeveralCommands_StrictestHoldsAndIsNamed()
    {
        var engine = Policies.Of(
            "  - { name: no-b, match: { command: { program: b } }, decision: deny, reason: No b. }\n" + AllowAll);
        var verdict = engine.Decide(Policies.Command("a && b c; d"));
        Assert.Equal((PolicyDecision.Deny, "no-b", "No b. Command: b c"), (verdict.Decision, verdict.Rule, verdict.Reason));
    }

    [Fact]
    public void Decide_DenialThatMayMatch_AsksAPerson()
    {
        var engine = Policies.Of("  - { name: no-force, match: { command: { program: a, with: --force } }, decision: deny, reason: No. }\n" + AllowAll);
        Assert.Equal(PolicyDecision.Deny, engine.Decide(Policies.Command("a --force")).Decision);
        Assert.Equal((PolicyDecision.Approve, "no-force"), Short(engine.Decide(Policies.Command("a $x"))));
        Assert.Equal((PolicyDecision.Approve, "no-force"), Short(engine.Decide(Policies.Command("a --f\"$x\""))));
        Assert.Equal(PolicyDecision.Allow, engine.Decide(Policies.Command("a --g\"$x\"")).Decision);
    }

    [Fact]
    public void Decide_AllowOnPaths_NeedsEveryPath()
    {
        var engine = Policies.Of("  - { name: docs, match: { paths: docs/** }, decision: allow, reason: Docs. }\n");
        Assert.Equal(PolicyDecision.Allow, engine.Decide(Policies.Call("move_file", new { from = "docs/a", to = "docs/b/c" })).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(Policies.Call("move_file", new { from = "docs/a", to = "src/b" })).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(Policies.Call("move_file", new { from = "docs/a", to = "docs/../src/b" })).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(Policies.Call("move_file", new { from = "docs/a", to = "/docs/b" })).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(Policies.Call("move_file", new { })).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(Policies.Command("cp docs/a docs/*")).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(Policies.Command("cd src; cp docs/a docs/b")).Decision);
    }

    [Fact]
    public void Decide_AllowOnProgram_DoesNotCoverAnotherFileOfThatName()
    {
        var engine = Policies.Of("  - { name: ls, match: { command: { program: ls } }, decision: allow, reason: Reads. }\n");
        Assert.Equal(PolicyDecision.Allow, engine.Decide(Policies.Command("/usr/bin/ls")).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(Policies.Command("./ls")).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(Policies.Command("/usr/bin/../../tmp/ls")).Decision);
        Assert.Equal(PolicyDecision.Approve, engine.Decide(Policies.Command("LS")).Decision);
    }

    private static (PolicyDecision, string) Short(PolicyVerdict verdict) => (verdict.Decision, verdict.Rule);
}
