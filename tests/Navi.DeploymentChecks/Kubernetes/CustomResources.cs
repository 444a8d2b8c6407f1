using System.Reflection;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>Reads objects of other programs by JSON schemas, written after the definitions that those programs publish; each schema's file names its source.</summary>
internal static class CustomResources
{
    private const string Prefix = "Navi.Schemas.";

    private static readonly Lazy<IReadOnlyDictionary<string, JsonSchema>> Schemas = new(Read);

    public static Check Of(IEnumerable<Overlay> overlays) => new(
        "every object of another program has only fields of its published definition, of the right type",
        [.. overlays.SelectMany(o => o.Named(o.Objects.Where(i => !StrictTypes.Knows(i)).SelectMany(Problems)))]);

    /// <summary>What is wrong with an object.</summary>
    public static IEnumerable<string> Problems(KubeObject item)
    {
        if (!Schemas.Value.TryGetValue(Key(item.ApiVersion, item.Kind), out var schema))
            return [$"{item.Title} is of {item.ApiVersion}, for which there is neither a type nor a schema in {nameof(Kubernetes)}/Schemas."];
        return schema.Validate(item.Json.ToJsonString()).SelectMany(Innermost).Select(e => $"{item.Title}: {e.Path?.TrimStart('#', '/')} is wrong: {e.Kind}").Distinct();
    }

    // That an item of a list is wrong says less than what in it is.
    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError { Errors: var inside } ? inside.Values.SelectMany(e => e).SelectMany(Innermost) : [error];

    private static Dictionary<string, JsonSchema> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var read = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var schema = JsonSchema.FromJsonAsync(text.ReadToEnd()).GetAwaiter().GetResult();
            read.Add(Key(Only(schema, "apiVersion"), Only(schema, "kind")), schema);
        }
        return read;
    }

    private static string Only(JsonSchema schema, string property) => (string)schema.Properties[property].Enumeration.Single()!;

    private static string Key(string apiVersion, string kind) => $"{apiVersion} {kind}";
}
