using System.Text.Json;
using System.Text.RegularExpressions;

namespace Navi.SimulatedProviders.Validation;

/// <summary>What a value must look like; strict: a member that is not described is a violation. Checks a request in one pass, without a copy.</summary>
internal abstract class Shape
{
    public static readonly Shape Any = new Rule((_, _) => null);
    public static readonly Shape Bool = new Rule((v, p) => v.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Wrong(p, "a boolean"));
    public static readonly Shape AnyObject = new Rule((v, p) => v.ValueKind == JsonValueKind.Object ? null : Wrong(p, "an object"));

    public abstract void Check(JsonElement value, string path, List<Violation> found);

    public static Shape Text(string? pattern = null, int longest = int.MaxValue, int shortest = 0)
    {
        var regex = pattern is null ? null : new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled);
        return new Rule((v, p) => v.ValueKind != JsonValueKind.String ? Wrong(p, "a string")
            : v.GetString()!.Length > longest || v.GetString()!.Length < shortest ? new Violation(p, ViolationKind.Value, $"a string of {shortest} to {longest} characters")
            : regex?.IsMatch(v.GetString()!) == false ? new Violation(p, ViolationKind.Value, $"a string that matches '{pattern}'") : null);
    }

    public static Shape Int(long least, long most = long.MaxValue) => new Rule((v, p) => v.ValueKind != JsonValueKind.Number || !v.TryGetInt64(out var n) ? Wrong(p, "an integer")
        : n < least || n > most ? new Violation(p, ViolationKind.Value, $"an integer from {least} to {most}") : null);

    public static Shape Number(double least, double most) => new Rule((v, p) => v.ValueKind != JsonValueKind.Number ? Wrong(p, "a number")
        : v.GetDouble() < least || v.GetDouble() > most ? new Violation(p, ViolationKind.Value, $"a number from {least} to {most}") : null);

    public static Shape OneOf(params string[] words) => new Rule((v, p) => v.ValueKind != JsonValueKind.String ? Wrong(p, "a string")
        : words.Contains(v.GetString()) ? null : new Violation(p, ViolationKind.Value, $"one of {string.Join(", ", words.Select(w => $"'{w}'"))}"));

    public static Shape Array(Shape item, int least = 0, int most = int.MaxValue) => new ArrayShape(item, least, most);

    public static Shape OrNull(Shape inner) => new Either(v => v.ValueKind == JsonValueKind.Null ? Any : inner);

    public static Shape TextOr(Shape other) => new Either(v => v.ValueKind == JsonValueKind.String ? Text() : other);

    /// <summary>An object; a member whose name ends in '!' is required.</summary>
    public static Shape Object(params (string Name, Shape Shape)[] members) => new ObjectShape(members, strict: true);

    /// <summary>As <see cref="Object"/>, for a server that ignores what it does not know.</summary>
    public static Shape Loose(params (string Name, Shape Shape)[] members) => new ObjectShape(members, strict: false);

    /// <summary>An object whose member <paramref name="tag"/> says which shape it has.</summary>
    public static Shape Tagged(string tag, params (string Value, Shape Shape)[] shapes) => new TaggedShape(tag, shapes.ToDictionary(s => s.Value, s => s.Shape));

    private static Violation Wrong(string path, string expected) => new(path, ViolationKind.Type, expected);

    private static string Join(string path, object member) => path.Length == 0 ? $"{member}" : $"{path}.{member}";

    private sealed class Rule(Func<JsonElement, string, Violation?> check) : Shape
    {
        public override void Check(JsonElement value, string path, List<Violation> found)
        {
            if (check(value, path) is { } violation)
                found.Add(violation);
        }
    }

    private sealed class Either(Func<JsonElement, Shape> choose) : Shape
    {
        public override void Check(JsonElement value, string path, List<Violation> found) => choose(value).Check(value, path, found);
    }

    private sealed class ArrayShape(Shape item, int least, int most) : Shape
    {
        public override void Check(JsonElement value, string path, List<Violation> found)
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                found.Add(Wrong(path, "an array"));
                return;
            }
            if (value.GetArrayLength() < least || value.GetArrayLength() > most)
                found.Add(new Violation(path, ViolationKind.Value, $"an array of {least} to {most} items"));
            var index = 0;
            foreach (var child in value.EnumerateArray())
                item.Check(child, Join(path, index++), found);
        }
    }

    private sealed class ObjectShape : Shape
    {
        private readonly Dictionary<string, Shape> members;
        private readonly string[] required;
        private readonly bool strict;

        public ObjectShape((string Name, Shape Shape)[] members, bool strict)
        {
            this.members = members.ToDictionary(m => m.Name.TrimEnd('!'), m => m.Shape);
            required = [.. members.Where(m => m.Name.EndsWith('!')).Select(m => m.Name.TrimEnd('!'))];
            this.strict = strict;
        }

        public override void Check(JsonElement value, string path, List<Violation> found)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                found.Add(Wrong(path, "an object"));
                return;
            }
            foreach (var name in required)
            {
                if (!value.TryGetProperty(name, out _))
                    found.Add(new Violation(Join(path, name), ViolationKind.Missing, "a required member"));
            }
            foreach (var member in value.EnumerateObject())
            {
                if (members.TryGetValue(member.Name, out var shape))
                    shape.Check(member.Value, Join(path, member.Name), found);
                else if (strict)
                    found.Add(new Violation(Join(path, member.Name), ViolationKind.Unknown, "no such member"));
            }
        }
    }

    private sealed class TaggedShape(string tag, Dictionary<string, Shape> shapes) : Shape
    {
        public override void Check(JsonElement value, string path, List<Violation> found)
        {
            if (value.ValueKind != JsonValueKind.Object)
                found.Add(Wrong(path, "an object"));
            else if (!value.TryGetProperty(tag, out var said))
                found.Add(new Violation(Join(path, tag), ViolationKind.Missing, "a required member"));
            else if (said.ValueKind != JsonValueKind.String || !shapes.TryGetValue(said.GetString()!, out var shape))
                found.Add(new Violation(Join(path, tag), ViolationKind.Value, $"one of {string.Join(", ", shapes.Keys.Select(k => $"'{k}'"))}"));
            else
                shape.Check(value, path, found);
        }
    }
}
