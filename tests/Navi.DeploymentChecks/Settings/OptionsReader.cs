using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Functions;
using Navi.Portable.Host.Serving;

namespace Navi.DeploymentChecks.Settings;

/// <summary>Reads every options class of NAVI by reflection.</summary>
internal static partial class OptionsReader
{
    /// <summary>The classes that NAVI registers as options, by their section.</summary>
    public static IReadOnlyList<(string Section, Type Type)> Classes()
    {
        var services = new ServiceCollection();
        NaviApplication.Register(services, new ConfigurationBuilder().Build()).AddServing(new ConfigurationBuilder().Build());
        return
        [
            .. services.Select(d => d.ServiceType).Where(t => t.IsGenericType && (t.GetGenericTypeDefinition() == typeof(IConfigureOptions<>) || t.GetGenericTypeDefinition() == typeof(IValidateOptions<>)))
                .Select(t => t.GetGenericArguments()[0]).Where(t => t.Namespace?.StartsWith("Navi.", StringComparison.Ordinal) == true).Distinct()
                .Select(t => (SectionOf(t), t)).OrderBy(p => p.Item1, StringComparer.Ordinal),
        ];
    }

    /// <summary>The options of a class and of the classes inside it.</summary>
    /// <param name="section">Its section.</param>
    /// <param name="type">The class.</param>
    /// <param name="written">The validation that the document tells of a key; null when it tells none.</param>
    public static IEnumerable<OptionRow> Rows(string section, Type type, Func<string, string?> written)
    {
        var defaults = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite || Element(p.PropertyType) is not null))
        {
            var key = $"{section}:{property.Name}";
            var inside = Element(property.PropertyType) ?? property.PropertyType;
            if (IsOurs(inside) && !inside.IsEnum)
            {
                foreach (var row in Rows(Element(property.PropertyType) is null ? key : key + ":N", inside, written))
                    yield return row;
                continue;
            }
            yield return new OptionRow(key, property.PropertyType, Default(property.GetValue(defaults)), Validation(property) ?? written(key) ?? "none", Summary(property));
        }
    }

    public static string SummaryOf(Type type) => Text(Member(type.Assembly, $"T:{type.FullName}"));

    private static string SectionOf(Type type) => type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue() as string
        ?? throw new InvalidOperationException($"{type.FullName} is registered as options but names no section: give it a 'public const string Section'.");

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Navi.", StringComparison.Ordinal) == true;

    private static Type? Element(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) && type.IsGenericType ? type.GetGenericArguments()[^1] : null;

    private static string Default(object? value) => value switch
    {
        null or "" => "none",
        IEnumerable list and not string => string.Join(", ", list.Cast<object>().Select(Default)) is { Length: > 0 } items ? items : "none",
        bool flag => flag ? "`true`" : "`false`",
        TimeSpan time => $"`{time:c}`",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    private static string? Validation(PropertyInfo property)
    {
        var parts = new List<string>();
        if (property.GetCustomAttribute<RequiredAttribute>() is not null)
            parts.Add("required");
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"from `{Bound(range, range.Minimum)}` to `{Bound(range, range.Maximum)}`"));
        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern)
            parts.Add($"matches `{pattern.Pattern.Replace("|", "\\|", StringComparison.Ordinal)}`");
        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    private static object Bound(RangeAttribute range, object bound) => range.OperandType == typeof(TimeSpan) ? TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture).ToString("c") : bound;

    private static string Summary(PropertyInfo property) => Text(Member(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}"));

    private static XElement? Member(Assembly assembly, string name) =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml")).Descendants("member").FirstOrDefault(m => m.Attribute("name")?.Value == name)?.Element("summary");

    private static string Text(XElement? summary) => summary is null ? "" : Spaces().Replace(string.Concat(summary.Nodes().Select(n => n switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement see => $"`{(see.Attribute("cref") ?? see.Attribute("langword"))?.Value.Split('.')[^1].Split(':')[^1]}`",
        _ => n.ToString(),
    })), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
