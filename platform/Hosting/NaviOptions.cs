using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Hosting;

/// <summary>What every NAVI process must know. Configuration section <c>Navi</c>.</summary>
public sealed class NaviOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi";

    /// <summary><c>Local</c>, <c>Staging</c> or <c>Production</c>. Required: what a requester may approve depends on it.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Navi:Environment is missing: set it to Local, Staging or Production.")]
    [RegularExpression("^(Local|Staging|Production)$", ErrorMessage = "Navi:Environment must be Local, Staging or Production.")]
    public string Environment { get; set; } = "";

    /// <summary>Directory of NAVI's own files: workspaces and caches. Required.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Navi:Home is missing: set it to a directory that NAVI may write to.")]
    public string Home { get; set; } = "";

    /// <summary>The requester may approve and repositories may be directories of this machine.</summary>
    public bool IsLocal => Environment == "Local";
}
