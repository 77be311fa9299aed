import Crypto

/// Whether a value is one of documentation, tutorials and test suites that everybody may know.
///
/// Hex keys are known in either case and with `0x`, phrases with whatever stands between their
/// words, and card numbers in groups.
package func isKnownExample(_ secret: [UInt8]) -> Bool {
  let forms: Set<[UInt8]> = [
    secret, canonicalHex(secret), canonicalWords(secret), withoutGroups(secret),
  ]
  return forms.contains { knownExamples.contains(digest($0)) }
}

private func digest(_ value: [UInt8]) -> UInt64 {
  SHA256.hash(data: value).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
}

// The first 64 bits of SHA-256, not the values: those would trip every scanner that reads this
// repository.
let knownExamples: Set<UInt64> = Set(knownExampleDigests)

let knownExampleDigests: [UInt64] = [
  // AWS documentation: access key ids.
  0x1a5d_44a2_dca1_9669, 0xc6ea_27c5_34f9_93d3, 0xcb20_d34a_7add_a2f5, 0x7a25_9e31_1eb5_7eb3,
  // AWS documentation: secret keys, with the spelling of the SigV4 test suite.
  0x7831_4b11_be2e_5815, 0xe21b_597b_a6b9_cafa, 0xe8a0_614b_6747_a06f,
  // jwt.io: the three tokens its page began with over the years.
  0x7f75_367e_7881_2551, 0xda81_6f9f_2c16_e6c5, 0xc794_fa6d_20c6_4efb,
  // Firebase SDKs: the API keys of their own tests.
  0x27a9_a429_31df_f7eb, 0x49f7_77db_995e_8260, 0x8731_261c_b72d_8626, 0x37f8_f09b_df12_c2f2,
  0xeb54_0d2b_6ee2_a0a4, 0x2037_abca_ffb2_b777, 0xdc0f_cf04_6c61_640c,
  // NuGet's manual: the password of its configuration file.
  0xa070_2bc9_1d69_9f60, 0xdba7_2c00_f41f_4e4c,
  // RFC 7515: the HS256 example.
  0x8d4e_f653_6dc8_895f,
  // Supabase local development: anon and service_role tokens.
  0xbf17_25a8_f98b_ea37, 0x7054_1e07_fd4f_900b,
  // Supabase local development: publishable and secret key.
  0x9705_102d_b0d5_f99e, 0xc85d_ebb5_5f2f_204d,
  // Hardhat, Anvil and Foundry: the default phrase.
  0xf79c_d64f_9cea_2378,
  // Hardhat, Anvil and Foundry: the default phrase's first 20 Ethereum keys.
  0xbc1a_5096_6c9e_6486, 0x8335_c553_3482_1eef, 0xb26a_b652_9d20_ebeb, 0x6403_4b44_c579_b335,
  0x4d3e_46ee_c824_4d1d, 0x0aed_ba9d_586f_34f9, 0x28e5_43d3_753f_c9d1, 0xf070_994a_8599_4785,
  0x38e6_9fdd_19ae_feb4, 0x967f_2158_6cdf_1248, 0x0b33_e013_2123_e78d, 0x84bc_109b_3d59_b017,
  0x85bd_e548_053a_ab4b, 0xf151_3114_f60e_5e95, 0x5330_d388_af89_4c9e, 0xa2e0_6155_cb1a_424f,
  0x4a67_d7a0_d8a1_6d6d, 0xb08b_dfde_9930_d920, 0xcf1f_c66f_8531_51a4, 0x1005_46a8_b020_a55a,
  // Ganache in deterministic mode: the phrase.
  0x9c5d_0a66_56e5_d3f3,
  // Ganache in deterministic mode: the phrase's first 10 Ethereum keys.
  0x5785_9218_5588_730b, 0x30e5_5f54_63e2_2af0, 0x70b8_01af_ae94_d2e6, 0x0bc9_fde2_b028_e3b0,
  0xf51c_2c79_5f78_2308, 0x6dea_34b6_6114_1091, 0xfaeb_1dab_5a32_6eef, 0x196f_badc_a8b7_eea6,
  0xecd5_e9d0_b08a_8a9f, 0x3fd5_610e_e03a_3503,
  // Truffle develop: the phrase.
  0xb83e_9641_7f61_cb14,
  // Truffle develop: the phrase's first 10 Ethereum keys.
  0xf241_67ac_cb5d_690f, 0x07f9_35b6_1d37_e0e5, 0xe4f1_734d_f025_0d54, 0x7d1b_5fc2_3861_0328,
  0x33f5_32fd_39fa_0d77, 0x7283_83de_c632_3112, 0x664b_73b1_6aa5_7748, 0xe463_9de7_f016_67f6,
  0x98a3_8f6d_ad3f_47af, 0xc15f_3d9d_fdc9_8389,
  // BIP-39: the phrases of 16, 20, 24, 28 and 32 bytes 00, 7f, 80 and ff.
  0xc557_eec8_78df_d852, 0xecb0_e7ba_498c_5920, 0x3a64_bcd9_cea4_3c0a, 0x3c09_4943_5a7e_4277,
  0xfdd1_a61d_387b_95c7, 0xa4c9_9299_6c21_6292, 0x1aa5_6237_d10c_8704, 0x7666_42c3_c5b6_857e,
  0x29ae_db05_1d65_bcc8, 0xe770_e8aa_42a8_69cf, 0x15f4_1342_748a_a6c0, 0xc1db_187b_992c_8ddd,
  0xa09c_39b0_19c0_b2ed, 0xa9a5_49c3_de33_0141, 0xc06f_97e0_628f_13b6, 0xbee3_b814_134b_0621,
  0x69be_79ef_3c28_f55d, 0x3b1c_5e02_1074_09ea, 0xa5fe_1cb4_158f_fd2a, 0xe96b_fc1d_7886_7126,
  // BIP-39: the published test vectors of random entropy.
  0xd6da_54d1_2db9_eac8, 0xb12e_e277_a669_b18f, 0x341c_225b_06c9_1708, 0x6d82_8deb_d306_e21a,
  0xcc95_a8a1_b5e9_bf13, 0x3045_2ba5_605d_d252, 0xb2e7_1100_d10b_ee74, 0xb8ae_5c99_1426_47d1,
  0x0f38_8b04_e512_d7a0, 0xb1bf_f22a_e077_ce1a, 0x662c_451c_c588_6e1d, 0x867f_9f59_29a7_201c,
  // Mastering Bitcoin: the example phrase.
  0xc454_6324_c2ac_f02b,
  // Bitcoin wiki: the example key in import format, and key 1 in both forms.
  0x9d6a_2b9d_1f01_d457, 0x1100_4084_3c3a_df0d, 0x8a11_35d9_e9e6_9fba, 0x2898_1d08_ecff_66aa,
  // BIP-32: master keys of test vectors 1 and 2.
  0x2243_ae4c_7301_4469, 0xfa14_6b83_df55_0394,
  // NIP-19: the example private key.
  0xfa1c_cdee_c817_5c63,
  // age test suite: the identity of 32 bytes 42.
  0x789e_b04a_e4c0_0984,
  // Stripe documentation: test keys.
  0x2caf_c097_0149_a84f, 0xb147_1f54_4cee_ea31, 0xf2d6_ca16_5150_33e5, 0x5895_b89c_8fb3_3402,
  // Stripe and others: test card numbers.
  0x477b_ba13_3c18_2267, 0x6859_4afe_9c9c_da52, 0x2f72_5bbd_1f40_5a1e, 0x576c_15a8_0724_61c2,
  0xb40e_9bc7_a74d_50ab, 0x3049_45e9_1de3_deff, 0x3a13_4ef7_7d4e_2e4c, 0x53a8_fc81_6e63_b7a5,
  0x19ff_47cc_8024_c133, 0xd808_6d48_3c15_c711, 0x10f6_a49b_3088_d981, 0x9bbe_f194_7662_3ca5,
  0xdd13_cdf9_af9d_d3ba, 0x51a4_ae4c_6ae9_9914, 0xf41e_7ca4_a3d7_1c4f, 0x1c9d_38ed_26cd_808f,
  // Telegram documentation: bot tokens.
  0x731f_a294_d036_e54f, 0x0b5d_d075_ccdd_03c4, 0x9766_3138_e666_9921, 0x6f37_91a5_7f1d_6dd8,
  // GitHub documentation: access and refresh tokens.
  0x3543_c50b_0cb9_cea8, 0xbc3a_e723_f57c_6b9e, 0x82e7_4299_544e_0073, 0x797c_0ce4_1458_6cc8,
  0x6d7f_a4e6_4d4b_1f3e,
  // Slack documentation: the incoming webhook.
  0xf5c3_8873_4d28_087b,
  // Slack documentation: the bot token of the OAuth answer.
  0x2ddc_147f_3a3b_5a17,
  // Google Cloud documentation: the API key.
  0xac92_65e5_6c79_b234,
  // Azure: the account key of the Storage emulator.
  0x0011_cc25_eb43_2071,
  // Azure: the key of the Cosmos DB emulator.
  0xaa65_4743_9583_c3a2,
]
