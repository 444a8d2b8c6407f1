using Navi.Agent.Effects;
using Navi.Agent.Policy;
using Navi.Agent.Tools;

namespace Navi.Agent.Tests.Policy;

public sealed class DefaultPolicyTests
{
    [Theory]
    [InlineData("ls -la src")]
    [InlineData("cat README.md | grep -n total | sort | uniq -c")]
    [InlineData("find . -name '*.cs' -type f")]
    [InlineData("git log --oneline -5 && git diff HEAD~1 2>/dev/null")]
    [InlineData("cd src && wc -l Program.cs")]
    [InlineData("bash -c 'ls; pwd'")]
    [InlineData("env LANG=C sort names.txt")]
    public void Decide_KnownReadOnlyCommand_AllowsEvenOutsideTheSandbox(string line)
    {
        Assert.Equal(PolicyDecision.Allow, Policies.Decide(line, confined: true));
        Assert.Equal(PolicyDecision.Allow, Policies.Decide(line, confined: false));
    }

    [Theory]
    [InlineData("python -m unittest discover")]
    [InlineData("./build.sh --fast")]
    [InlineData("tools/generate")]
    [InlineData("NODE_ENV=test npm test")]
    [InlineData("dotnet test -v q > out.txt 2>&1")]
    [InlineData("make -j2 all")]
    [InlineData("bash script.sh")]
    [InlineData("node --test")]
    [InlineData("python3 - <<'EOF'\nprint(1)\nEOF")]
    [InlineData("for f in *.py; do python \"$f\"; done")]
    [InlineData("if [ -f Makefile ]; then make; fi")]
    [InlineData("sed -i s/a/b/ src/x.cs")]
    [InlineData("rm -rf \"$dir\" build/*.o")]
    [InlineData("find . -name x -exec grep -l total {} +")]
    [InlineData("git ls-files | xargs wc -l")]
    [InlineData("make")]
    [InlineData("echo $((1 + 2)) $((count + 1))")]
    public void Decide_ProgramOfTheWorkspace_AllowsOnlyInTheSandbox(string line)
    {
        Assert.Equal(PolicyDecision.Allow, Policies.Decide(line, confined: true));
        Assert.Equal(PolicyDecision.Approve, Policies.Decide(line, confined: false));
    }

    [Theory]
    [InlineData("kubectl delete pod x")]
    [InlineData("ls && terraform apply")]
    [InlineData("$(cat program) x")]
    [InlineData("$program")]
    [InlineData("l?")]
    [InlineData("eval \"$line\"")]
    [InlineData("f() { ls; }; f")]
    [InlineData("case $x in a) ls;; esac")]
    [InlineData("echo 'not closed")]
    [InlineData("sudo ls")]
    [InlineData("curl https://example.org")]
    [InlineData("")]
    [InlineData("# nothing")]
    [InlineData("env -S 'ls -l'")]
    [InlineData("echo ${x@P}")]
    [InlineData("echo x > .github/workflows/ci.yml")]
    [InlineData("cd .github && cp ../a workflows/ci.yml")]
    [InlineData("cd .github/workflows && echo x > ci.yml")]
    [InlineData("cd \"$somewhere\" && cp a .github/w*/ci.yml")]
    [InlineData("cd .github && cd \"$x\" && echo x > ci.yml")]
    [InlineData("sed -i s/a/b/ /workspace/.github/WORKFLOWS/ci.yml")]
    [InlineData("cp x certs/server.pem")]
    public void Decide_UnknownOrNotUnderstoodOrProtected_Approves(string line) => Assert.Equal(PolicyDecision.Approve, Policies.Decide(line));

    [Theory]
    [InlineData("find . -delete")]
    [InlineData("find . -exec rm {} +")]
    [InlineData("find . -{delete,print}")]
    [InlineData("find . $options")]
    [InlineData("sort -uo out.txt in.txt")]
    [InlineData("sort --outp=x in.txt")]
    [InlineData("uniq a b")]
    [InlineData("rg --pre ./x total")]
    [InlineData("git diff --output=x")]
    [InlineData("git -c core.pager=./x log")]
    [InlineData("ls > out.txt")]
    [InlineData("LD_PRELOAD=./x.so ls")]
    [InlineData("PATH=. && ls")]
    [InlineData("./ls")]
    [InlineData("cat ~/.ssh/id_rsa")]
    [InlineData("cat /proc/self/environ")]
    [InlineData("cd / && cat etc/shadow")]
    [InlineData("cat src/../../secret")]
    [InlineData("cat < /dev/tcp/example.org/80")]
    public void Decide_ReadOnlyProgramThatIsNotReadOnlyHere_ApprovesOutsideTheSandbox(string line) =>
        Assert.Equal(PolicyDecision.Approve, Policies.Decide(line, confined: false));

    [Theory]
    [InlineData("reboot", true)]
    [InlineData("/sbin/mkfs.ext4 x", true)]
    [InlineData("ls; (echo $(timeout 5 shutdown now))", true)]
    [InlineData("find . -exec sh -c 'reboot {}' \\;", true)]
    [InlineData("sh -c \"reboot $x\"", true)]
    [InlineData("rm -rf /", false)]
    [InlineData("bash <<'EOF'\nrm -rf /usr\nEOF", false)]
    public void Decide_MachineDamage_Denies(string line, bool confined) => Assert.Equal(PolicyDecision.Deny, Policies.Decide(line, confined));

    [Theory]
    [InlineData("write_file", "src/a.cs", nameof(PolicyDecision.Allow))]
    [InlineData("write_file", ".github/workflows/ci.yml", nameof(PolicyDecision.Approve))]
    [InlineData("write_file", "src/../.github//workflows/./ci.yml", nameof(PolicyDecision.Approve))]
    [InlineData("delete_file", "deep/down/server.PEM", nameof(PolicyDecision.Approve))]
    [InlineData("edit_file", "docs/workflows/ci.yml", nameof(PolicyDecision.Allow))]
    public void Decide_FileTool_AsksForProtectedPaths(string tool, string path, string expected) =>
        Assert.Equal(expected, Policies.Shipped.Decide(Policies.Call(tool, new { path, content = "x" })).Decision.ToString());

    [Theory]
    [InlineData(".github/workflows/ci.yml", nameof(PolicyDecision.Approve))]
    [InlineData("src/b.cs", nameof(PolicyDecision.Allow))]
    public void Decide_RestoredFiles_AsksForProtectedPaths(string path, string expected) =>
        Assert.Equal(expected, Policies.Shipped.Decide(Policies.Call("git_restore_step", new { revision = "head~1", paths = new[] { "src/a.cs", path } })).Decision.ToString());

    [Fact]
    public void Decide_PatchOfProtectedFile_Approves()
    {
        var patch = "--- a/.github/workflows/ci.yml\n+++ b/.github/workflows/ci.yml\n@@ -1 +1 @@\n-a\n+b\n";
        var verdict = Policies.Shipped.Decide(Policies.Call("apply_patch", new { patch }));
        Assert.Equal((PolicyDecision.Approve, "protected-paths"), (verdict.Decision, verdict.Rule));
        Assert.Equal(PolicyDecision.Allow, Policies.Shipped.Decide(Policies.Call("apply_patch", new { patch = "--- a/x\n+++ b/x\n" })).Decision);
    }

    [Theory]
    [InlineData("read_file", EffectClass.Pure, nameof(ToolRisk.Low), true, nameof(PolicyDecision.Allow))]
    [InlineData("run_tests", EffectClass.Workspace, nameof(ToolRisk.Medium), true, nameof(PolicyDecision.Allow))]
    [InlineData("run_tests", EffectClass.Workspace, nameof(ToolRisk.Medium), false, nameof(PolicyDecision.Approve))]
    [InlineData("ask_person", EffectClass.Pure, nameof(ToolRisk.Low), true, nameof(PolicyDecision.Approve))]
    [InlineData("finish_task", EffectClass.Pure, nameof(ToolRisk.Low), true, nameof(PolicyDecision.Allow))]
    [InlineData("rename_identifier", EffectClass.Workspace, nameof(ToolRisk.Low), false, nameof(PolicyDecision.Allow))]
    [InlineData("webhook_post", EffectClass.Irreversible, nameof(ToolRisk.High), true, nameof(PolicyDecision.Approve))]
    public void Decide_ToolWithoutCommand_ByToolEffectAndRisk(string tool, EffectClass effect, string risk, bool confined, string expected) =>
        Assert.Equal(expected, Policies.Shipped.Decide(Policies.Call(tool, new { }, effect, Enum.Parse<ToolRisk>(risk), confined)).Decision.ToString());

    [Theory]
    [InlineData(EffectClass.Irreversible)]
    [InlineData(EffectClass.Workspace)]
    public void Decide_ShippedRuleForRunCommand_NeverRestsOnTheToolsRisk(EffectClass effect) => Assert.Equal(
        PolicyDecision.Approve, Policies.Shipped.Decide(Policies.Call("run_command", new { command = "kubectl x" }, effect)).Decision);

    [Fact]
    public void Decide_SandboxWithNetwork_IsNotConfined()
    {
        var request = Policies.Command("python x.py") with { NetworkOff = false };
        Assert.Equal(PolicyDecision.Approve, Policies.Shipped.Decide(request).Decision);
    }

    [Fact]
    public void Decide_CommandThatIsNotText_Approves() => Assert.Equal(
        PolicyDecision.Approve, Policies.Shipped.Decide(Policies.Call("run_command", new { command = new[] { "ls" } }, risk: ToolRisk.Medium)).Decision);
}
