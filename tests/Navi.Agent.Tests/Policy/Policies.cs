using System.Text.Json;
using Navi.Agent.Effects;
using Navi.Agent.Policy;
using Navi.Agent.Policy.Yaml;
using Navi.Agent.Tools;

namespace Navi.Agent.Tests.Policy;

/// <summary>Engines and requests of these tests.</summary>
internal static class Policies
{
    public static PolicyEngine Shipped { get; } = new(PolicyFile.Load(null));

    public static PolicyEngine Of(string rules) => new(PolicyReader.Read("version: 1\nrules:\n" + rules, "test.yaml"));

    public static PolicyRequest Command(string line, bool confined = true, bool untrusted = false) =>
        Call("run_command", new { command = line }, EffectClass.Workspace, ToolRisk.Medium, confined, untrusted);

    public static PolicyRequest Call(
        string tool, object arguments, EffectClass effect = EffectClass.Workspace, ToolRisk risk = ToolRisk.Low, bool confined = true, bool untrusted = false) =>
        new(tool, effect, risk, JsonSerializer.SerializeToElement(arguments), confined, confined, "/repositories/shop", "dev", untrusted);

    public static PolicyDecision Decide(string line, bool confined = true) => Shipped.Decide(Command(line, confined)).Decision;
}
