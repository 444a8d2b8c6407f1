using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>Outputs are kept in the history of deployments for everybody who may read it: no secret is in one.</summary>
internal static partial class SecretOutputPolicy
{
    public static Check Of(BicepTree tree) => new("no output holds a secret", [.. Problems("infra-bicep/main.bicep", tree.Template!)]);

    private static IEnumerable<string> Problems(string at, JsonObject template)
    {
        foreach (var (name, output) in template["outputs"]?.AsObject() ?? [])
        {
            var (value, type) = (output!["value"]?.ToJsonString() ?? output.ToJsonString(), output["type"]?.ToString() ?? "");
            if (Secret().Match(value) is { Success: true } match)
                yield return $"{at}: output {name} holds {match.Value}; whoever needs a secret must read it where it lies, so the output must go.";
            if (type.StartsWith("secure", StringComparison.OrdinalIgnoreCase))
                yield return $"{at}: output {name} is of type {type}; it must go.";
            foreach (var parameter in Used().Matches(value).Select(m => m.Groups[1].Value).Where(p => template["parameters"]?[p]?["type"]?.ToString().StartsWith("secure", StringComparison.OrdinalIgnoreCase) == true))
                yield return $"{at}: output {name} shows the secure parameter {parameter}; it must go.";
        }
        foreach (var (name, nested) in NestedTemplates.Of(template))
        {
            foreach (var problem in Problems($"infra-bicep (module {name})", nested))
                yield return problem;
        }
    }

    [GeneratedRegex(@"\blist\w+\(|ConnectionString|InstrumentationKey|AccountKey|accessKey|primaryKey|sharedKey|[Pp]assword|\.key1\b", RegexOptions.None)]
    private static partial Regex Secret();

    [GeneratedRegex(@"parameters\('(\w+)'\)")]
    private static partial Regex Used();
}
